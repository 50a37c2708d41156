import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_statio_user_indexes_*`: blocks read and found in the cache for the largest indexes of each database; the
/// standard exporter's have no `datname`, ours must tell databases apart. Costs the server some 15 µs an index.
/// Source: PostgreSQL documentation, "The pg_statio_all_indexes View".
struct StatioUserIndexesCollector: StatViewCollector {
  let name = "statio_user_indexes"
  let help = "Bloques leídos y encontrados en memoria de los índices más grandes de cada base."
  let isDefault = false
  let scope = CollectorScope.eachDatabase
  let view: StatView

  init(limit: Int) {
    view = StatView(
      name,
      from: LargestRelations(kind: .index, limit: limit).joined(with: "pg_statio_user_indexes", by: "indexrelid"),
      prefix: PG.StatioUserIndexes.prefix, PG.StatioUserIndexes.all,
      sql: ["idx_blks_read_total": "idx_blks_read", "idx_blks_hit_total": "idx_blks_hit"],
      labels: ["datname": "current_database()"], null: .zero)
  }
}
