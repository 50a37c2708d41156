import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_stat_database_conflicts_*`: what recovery cancelled on a standby; zeros on a primary. Costs the server little.
struct StatDatabaseConflictsCollector: PostgresCollector {
  let name = "stat_database_conflicts"
  let help = "Consultas canceladas por la recuperación."

  static let view = DatabaseView(
    "pg_stat_database_conflicts", prefix: PG.StatDatabaseConflicts.prefix, PG.StatDatabaseConflicts.all,
    since: ["confl_active_logicalslot": 160_000])

  func statement(serverVersion: Int) -> Statement { Self.view.statement(serverVersion: serverVersion) }

  func read(_ rows: QueryResult, from session: PostgresSession, into batch: inout SampleBatch) throws(PostgresError) {
    try Self.view.read(rows, from: session, into: &batch)
  }
}
