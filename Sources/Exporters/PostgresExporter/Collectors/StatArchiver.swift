import Catalog
import ExporterKit

/// `pg_stat_archiver_*`: what became of finished WAL segments. Costs the server little.
/// Source: PostgreSQL documentation, "The pg_stat_archiver View".
struct StatArchiverCollector: StatViewCollector {
  let name = "stat_archiver"
  let help = "Archivado de los segmentos de WAL."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_archiver", prefix: PG.StatArchiver.prefix, PG.StatArchiver.all,
    sql: ["last_archive_age": "extract(epoch FROM now() - last_archived_time)"])
}
