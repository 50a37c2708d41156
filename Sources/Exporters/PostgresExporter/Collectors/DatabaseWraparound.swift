import Catalog
import ExporterKit

/// `pg_database_wraparound_*`: how many transactions old the oldest unfrozen row of each database is; autovacuum forces
/// a freeze at `autovacuum_freeze_max_age`. Costs the server a look at a small catalogue.
/// Source: PostgreSQL documentation, "Preventing Transaction ID Wraparound Failures".
struct DatabaseWraparoundCollector: StatViewCollector {
  let name = "database_wraparound"
  let help = "Edad de la transacción más vieja sin congelar de cada base."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "database_wraparound", from: "pg_database WHERE datallowconn",
    prefix: PG.DatabaseWraparound.prefix, PG.DatabaseWraparound.all,
    sql: [
      "age_datfrozenxid_seconds": "age(datfrozenxid)", "age_datminmxid_seconds": "mxid_age(datminmxid)",
    ])
}
