import Catalog
import ExporterKit

/// `pg_stat_checkpointer_*`: checkpoints and restartpoints, since PostgreSQL 17. Costs the server little. Off unless
/// asked for, as with the standard exporter.
/// Source: PostgreSQL documentation, "The pg_stat_checkpointer View".
struct StatCheckpointerCollector: StatViewCollector {
  let name = "stat_checkpointer"
  let help = "Checkpoints, desde PostgreSQL 17."
  let isDefault = false
  let versions = 170_000..<Int.max
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_checkpointer", prefix: PG.StatCheckpointer.prefix, PG.StatCheckpointer.all,
    areTotals: true,
    instants: ["stats_reset_total"], null: .zero)
}
