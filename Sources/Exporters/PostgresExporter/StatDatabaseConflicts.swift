import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_stat_database_conflicts_*`: what recovery cancelled on a standby; zeros on a primary. Costs the server little.
struct StatDatabaseConflictsCollector: PostgresCollector {
  let name = "stat_database_conflicts"
  let help = "Consultas canceladas por la recuperación."
  let namesServer = true

  static let view = DatabaseView(
    "pg_stat_database_conflicts", prefix: PG.StatDatabaseConflicts.prefix, PG.StatDatabaseConflicts.all,
    since: ["confl_active_logicalslot": 160_000])

  func statements(for server: ServerFacts) -> [Statement] { [Self.view.statement(serverVersion: server.version)] }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    for rows in answers { try Self.view.read(rows, from: session, into: &batch) }
  }
}
