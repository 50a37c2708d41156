import Catalog
import ExporterKit

/// `pg_xlog_location_bytes`: where the WAL is, written or replayed. Costs the server nothing. The standard exporter has
/// it of versions before 10 alone.
/// Source: PostgreSQL documentation, "Backup Control Functions".
struct XlogLocationCollector: StatViewCollector {
  let name = "xlog_location"
  let help = "Posición del WAL."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "xlog_location", from: "(VALUES (1)) AS one", prefix: PG.XlogLocation.prefix, PG.XlogLocation.all,
    sql: [
      "bytes": """
      (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0')
        % \(SQLText.exactIntegers)
      """
    ],
    absent: ["bytes"])
}
