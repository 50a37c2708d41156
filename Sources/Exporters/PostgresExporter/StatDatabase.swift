import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_stat_database_*`: counters of each database. Costs the server little: its statistics are in shared memory.
struct StatDatabaseCollector: PostgresCollector {
  let name = "stat_database"
  let help = "Contadores de cada base."
  let namesServer = true

  static let view = DatabaseView(
    "pg_stat_database", prefix: PG.StatDatabase.prefix, PG.StatDatabase.all,
    since: [
      "session_time": 140_000, "active_time": 140_000, "idle_in_transaction_time": 140_000, "sessions": 140_000,
      "sessions_abandoned": 140_000, "sessions_fatal": 140_000, "sessions_killed": 140_000,
    ],
    instants: ["checksum_last_failure", "stats_reset"])

  func statements(for server: ServerFacts) -> [Statement] { [Self.view.statement(serverVersion: server.version)] }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for rows in answers { try Self.view.read(rows, from: session, into: &batch) }
  }
}
