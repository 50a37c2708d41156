import Catalog
import ExporterKit
import Postgres
import Telemetry

/// `pg_stat_user_indexes_*`: use of the largest indexes of each database. Costs the server some 15 µs an index.
/// Source: PostgreSQL documentation, "The pg_stat_all_indexes View".
struct StatUserIndexesCollector: StatViewCollector {
  let name = "stat_user_indexes"
  let help = "Uso de los índices más grandes de cada base."
  let isDefault = false
  let scope = CollectorScope.eachDatabase
  let view: StatView

  static let limitFlag = Flag(
    "collector.stat_user_indexes.limit", placeholder: "N", default: "\(LargestRelations.defaultIndexes)",
    "Cuántos índices de cada base se exportan, los más grandes; también en statio_user_indexes.")

  init(limit: Int) {
    view = StatView(
      name,
      from: LargestRelations(kind: .index, limit: limit).joined(with: "pg_stat_user_indexes", by: "indexrelid"),
      prefix: PG.StatUserIndexes.prefix, PG.StatUserIndexes.all,
      sql: [
        "idx_scans_total": "idx_scan", "idx_tup_reads_total": "idx_tup_read",
        "idx_tup_fetches_total": "idx_tup_fetch",
      ],
      labels: ["datname": "current_database()"], null: .zero)
  }
}
