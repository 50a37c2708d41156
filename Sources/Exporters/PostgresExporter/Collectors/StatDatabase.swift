import Catalog
import ExporterKit

/// `pg_stat_database_*`: counters of each database. Costs the server little: its statistics are in shared memory.
/// Source: PostgreSQL documentation, "The pg_stat_database View".
struct StatDatabaseCollector: StatViewCollector {
  let name = "stat_database"
  let help = "Contadores de cada base."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_database", prefix: PG.StatDatabase.prefix, PG.StatDatabase.all,
    sql: ["active_time_seconds_total": "CASE WHEN datname IS NOT NULL THEN active_time / 1000::float8 END"],
    since: [
      "session_time": 140_000, "active_time": 140_000, "idle_in_transaction_time": 140_000, "sessions": 140_000,
      "sessions_abandoned": 140_000, "sessions_fatal": 140_000, "sessions_killed": 140_000,
      "active_time_seconds_total": 140_000, "parallel_workers_to_launch": 180_000,
      "parallel_workers_launched": 180_000,
    ],
    instants: ["checksum_last_failure", "stats_reset"], absent: ["active_time_seconds_total"])
}
