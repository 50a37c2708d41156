import Catalog
import ExporterKit
import MetricModel
import Postgres
import Telemetry

/// `pg_stat_progress_create_index_*`: each CREATE INDEX and REINDEX that runs; of another database the names are
/// numbers. Only the phase that a build is in has a series. Costs the server next to nothing. The standard exporter has
/// nothing of the kind.
/// Source: PostgreSQL documentation, "CREATE INDEX Progress Reporting".
struct StatProgressCreateIndexCollector: StatViewCollector {
  let name = "stat_progress_create_index"
  let help = "Cada creación de índice en curso."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_progress_create_index", prefix: PG.StatProgressCreateIndex.prefix, PG.StatProgressCreateIndex.all,
    sql: [
      "phase": "1", "lockers": "lockers_total", "blocks": "blocks_total", "tuples": "tuples_total",
    ],
    labels: [
      "relname": StatProgressVacuumCollector.relationName,
      "indexrelname":
        "coalesce(CASE WHEN datname = current_database() THEN nullif(index_relid, 0::oid)::regclass::text END,"
        + " index_relid::text)",
    ],
    null: .zero)
}
