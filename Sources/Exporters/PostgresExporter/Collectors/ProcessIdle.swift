import Catalog
import ExporterKit
import MetricModel
import Postgres
import Telemetry

/// `pg_process_idle_seconds`: how long sessions have been idle, by state and application. It is a picture of this
/// moment, so that its counts fall. Costs the server a look at each session.
/// Source: PostgreSQL documentation, "The pg_stat_activity View".
struct ProcessIdleCollector: PostgresCollector {
  let name = "process_idle"
  let help = "Cuánto hace que las sesiones están ociosas."
  let isDefault = false

  func statements(for server: ServerFacts) -> [Statement] {
    let counts = PG.ProcessIdle.seconds.descriptor.bounds.map { "count(*) FILTER (WHERE idle <= \(Int($0))::float8)" }
    return [
      Statement(
        name,
        """
        SELECT state, application_name, sum(idle), count(*), \(counts.joined(separator: ", "))
        FROM (
          SELECT state, application_name, extract(epoch FROM now() - state_change)::float8 AS idle FROM pg_stat_activity
          WHERE state LIKE 'idle%' AND pid <> pg_backend_pid()
        ) AS sessions
        GROUP BY state, application_name
        """)
    ]
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for row in answers.joined() {
      let labels = Pair(
        PG.SessionState(try row.decode(0, as: String?.self) ?? ""),
        PG.ApplicationName(try row.decode(1, as: String?.self) ?? ""))
      let points = try PG.ProcessIdle.seconds.descriptor.bounds.enumerated().map { index, bound in
        Distribution.Point(at: bound, try row.decode(4 + index, as: Double.self))
      }
      let sum = try row.decode(2, as: Double?.self) ?? 0
      batch.add(
        PG.ProcessIdle.seconds, labels, Distribution(points, sum: sum, count: try row.decode(3, as: Double.self)))
    }
  }
}
