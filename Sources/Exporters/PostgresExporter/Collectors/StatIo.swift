import Catalog
import ExporterKit

/// `pg_stat_io_*`: input and output of each kind of process, since PostgreSQL 16. What cannot happen has no series.
/// Costs the server little.
/// Source: PostgreSQL documentation, "The pg_stat_io View".
struct StatIoCollector: StatViewCollector {
  let name = "stat_io"
  let help = "Entrada y salida por tipo de proceso, desde PostgreSQL 16."
  let isDefault = false
  let versions = 160_000..<Int.max
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_io", prefix: PG.StatIo.prefix, PG.StatIo.all,
    sql: [
      "reads_total": "reads", "read_time_total": "read_time", "writes_total": "writes",
      "writes_time_total": "write_time", "write_back_total": "writebacks", "write_back_time_total": "writeback_time",
      "extends_total": "extends", "extends_time_total": "extend_time", "hits_total": "hits",
      "evictions_total": "evictions", "reuses_total": "reuses", "fsync_total": "fsyncs",
      "fsync_time_total": "fsync_time",
    ],
    null: .absent)
}
