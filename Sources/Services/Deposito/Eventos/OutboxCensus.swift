import Catalog
import Logging
import MetricModel
import Postgres
import ServiceLifecycle
import Telemetry

/// `outbox_pending_events` and the oldest one's age. Every replica counts the same events, whoever publishes them, also
/// where nobody does.
struct OutboxCensus: Service, Collector {
  private static let count = Statement(
    "eventos_contar",
    """
    SELECT count(*) AS eventos,
      COALESCE(GREATEST(extract(epoch FROM clock_timestamp() - min(created_at)), 0), 0)::float8 AS segundos
    FROM deposito.eventos
    """)

  private let census: Census<(events: Int64, oldestSeconds: Double)>

  init(pool: PostgresPool, logger: Logger) {
    census = Census("the events of the outbox", logger: logger) {
      try await pool.query(Self.count).first.map { row throws(PostgresError) in
        (try row.decode("eventos"), try row.decode("segundos"))
      }
    }
  }

  func run() async throws { try await census.run() }

  func collect(into batch: inout SampleBatch) {
    guard let counted = census.answer else { return }
    batch.add(Outbox.pending, Double(counted.events))
    batch.add(Outbox.oldestAge, counted.oldestSeconds)
  }
}
