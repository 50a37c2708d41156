import Catalog
import Logging
import MetricModel
import Postgres
import ServiceLifecycle
import Synchronization
import Telemetry

/// `deposito_productos_por_categoria`: counted in the background, so that a scrape costs the database nothing. Every
/// replica counts the same products. While the database is away there are no samples: an old count would look alive.
final class CategoryCensus: Service, Collector {
  /// One scrape's interval: the value is that of the last scrape at worst.
  static let refreshSeconds = 15
  /// Categories are written by people; past so many, those with the fewest products count as `otras`.
  static let maximumCategories = 100

  private static let count = Statement(
    "productos_por_categoria",
    """
    WITH cuentas AS (
      SELECT categoria, count(*) AS productos, row_number() OVER (ORDER BY count(*) DESC, categoria) AS puesto
      FROM deposito.productos WHERE activo GROUP BY categoria
    )
    SELECT CASE WHEN puesto <= $1 THEN categoria ELSE 'otras' END AS categoria, sum(productos)::bigint AS productos
    FROM cuentas GROUP BY 1
    """)

  private let pool: PostgresPool
  private let logger: Logger
  private let counts = Mutex<[(category: String, products: Int64)]>([])

  init(pool: PostgresPool, logger: Logger) {
    self.pool = pool
    self.logger = logger
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var isFailing = false
      while !Task.isCancelled {
        do {
          let rows = try await self.refresh()
          self.counts.withLock { $0 = rows }
          isFailing = false
        } catch {
          self.counts.withLock { $0 = [] }
          if !isFailing, !Task.isCancelled {
            self.logger.warning("cannot count products by category", metadata: ["cause": "\(error)"])
          }
          isFailing = true
        }
        try? await Task.sleep(for: .seconds(Self.refreshSeconds))
      }
    }
  }

  private func refresh() async throws -> [(category: String, products: Int64)] {
    try await pool.query(Self.count, [Int64(Self.maximumCategories)]).map { row throws(PostgresError) in
      (try row.decode("categoria"), try row.decode("productos"))
    }
  }

  func collect(into batch: inout SampleBatch) {
    for (category, products) in counts.withLock({ $0 }) {
      batch.add(Deposito.productsByCategory, Deposito.Category(category), Double(products))
    }
  }
}
