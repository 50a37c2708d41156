import Catalog
import Logging
import MetricModel
import Postgres
import ServiceLifecycle
import Telemetry

/// `deposito_productos_por_categoria`. Every replica counts the same products.
struct CategoryCensus: Service, Collector {
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

  private let census: Census<[(category: String, products: Int64)]>

  init(pool: PostgresPool, logger: Logger) {
    census = Census("products by category", logger: logger) {
      try await pool.query(Self.count, [Int64(Self.maximumCategories)]).map { row throws(PostgresError) in
        (try row.decode("categoria"), try row.decode("productos"))
      }
    }
  }

  func run() async throws { try await census.run() }

  func collect(into batch: inout SampleBatch) {
    for (category, products) in census.answer ?? [] {
      batch.add(Deposito.productsByCategory, Deposito.Category(category), Double(products))
    }
  }
}
