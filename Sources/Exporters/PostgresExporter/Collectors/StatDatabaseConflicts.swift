import Catalog
import ExporterKit

/// `pg_stat_database_conflicts_*`: what recovery cancelled on a standby; zeros on a primary. Costs the server little.
/// Source: PostgreSQL documentation, "The pg_stat_database_conflicts View".
struct StatDatabaseConflictsCollector: StatViewCollector {
  let name = "stat_database_conflicts"
  let help = "Consultas canceladas por la recuperación."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_database_conflicts", prefix: PG.StatDatabaseConflicts.prefix, PG.StatDatabaseConflicts.all,
    since: ["confl_active_logicalslot": 160_000])
}
