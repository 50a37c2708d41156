import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_statio_user_tables_*`: blocks read and found in the cache for the largest tables of each database. Costs the
/// server some 15 µs a table.
/// Source: PostgreSQL documentation, "The pg_statio_all_tables View".
struct StatioUserTablesCollector: StatViewCollector {
  let name = "statio_user_tables"
  let help = "Bloques leídos y encontrados en memoria de las tablas más grandes de cada base."
  let scope = CollectorScope.eachDatabase
  let view: StatView

  init(limit: Int) {
    view = StatView(
      name,
      from: LargestRelations(kind: .table, limit: limit).joined(with: "pg_statio_user_tables", by: "relid"),
      prefix: PG.StatioUserTables.prefix, PG.StatioUserTables.all,
      sql: Dictionary(
        uniqueKeysWithValues: ["heap", "idx", "toast", "tidx"].flatMap { part in
          ["read", "hit"].map { ("\(part)_blocks_\($0)", "\(part)_blks_\($0)") }
        }),
      labels: ["datname": "current_database()"], null: .zero)
  }
}
