import Catalog
import ExporterKit

/// `pg_stat_bgwriter_*`: the background writer and, before PostgreSQL 17, the checkpoints, which `stat_checkpointer`
/// has since. Costs the server little.
/// Source: PostgreSQL documentation, "The pg_stat_bgwriter View".
struct StatBgwriterCollector: StatViewCollector {
  let name = "stat_bgwriter"
  let help = "El escritor en segundo plano y, hasta PostgreSQL 16, los checkpoints."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_bgwriter", prefix: PG.StatBgwriter.prefix, PG.StatBgwriter.all,
    areTotals: true,
    until: [
      "checkpoints_timed_total": 170_000, "checkpoints_req_total": 170_000, "checkpoint_write_time_total": 170_000,
      "checkpoint_sync_time_total": 170_000, "buffers_checkpoint_total": 170_000, "buffers_backend_total": 170_000,
      "buffers_backend_fsync_total": 170_000,
    ],
    instants: ["stats_reset_total"], null: .zero)
}
