import Catalog
import Logging
import MetricModel
import Postgres
import ServiceLifecycle
import Synchronization
import Telemetry

/// `outbox_pending_events` and the oldest one's age, asked for in the background, so that a scrape costs the database
/// nothing. Every replica counts the same events, whoever publishes them, also where nobody does. While the database is
/// away there are no samples: an old count would look alive.
final class OutboxCensus: Service, Collector {
  /// One scrape's interval: the value is that of the last scrape at worst.
  static let refreshSeconds = 15

  private static let count = Statement(
    "eventos_contar",
    """
    SELECT count(*) AS eventos,
      COALESCE(GREATEST(extract(epoch FROM clock_timestamp() - min(created_at)), 0), 0)::float8 AS segundos
    FROM deposito.eventos
    """)

  private let pool: PostgresPool
  private let logger: Logger
  private let counted = Mutex<(events: Int64, oldestSeconds: Double)?>(nil)

  init(pool: PostgresPool, logger: Logger) {
    self.pool = pool
    self.logger = logger
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var isFailing = false
      while !Task.isCancelled {
        do {
          let row = try await self.pool.query(Self.count).first
          let counted = try row.map {
            (try $0.decode("eventos", as: Int64.self), try $0.decode("segundos", as: Double.self))
          }
          self.counted.withLock { $0 = counted }
          isFailing = false
        } catch {
          self.counted.withLock { $0 = nil }
          if !isFailing, !Task.isCancelled {
            self.logger.warning("cannot count the events of the outbox", metadata: ["cause": "\(error)"])
          }
          isFailing = true
        }
        try? await Task.sleep(for: .seconds(Self.refreshSeconds))
      }
    }
  }

  func collect(into batch: inout SampleBatch) {
    guard let counted = counted.withLock({ $0 }) else { return }
    batch.add(Outbox.pending, Double(counted.events))
    batch.add(Outbox.oldestAge, counted.oldestSeconds)
  }
}
