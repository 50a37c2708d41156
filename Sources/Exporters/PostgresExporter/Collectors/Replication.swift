import Catalog
import ExporterKit

/// `pg_replication_*`: whether the server is a replica, and how far it is behind. Costs the server next to nothing.
/// Source: PostgreSQL documentation, "Recovery Information Functions".
struct ReplicationCollector: StatViewCollector {
  let name = "replication"
  let help = "Si el servidor es una réplica, y su atraso."
  var view: StatView { Self.view }

  static let view = StatView(
    "replication", from: "(VALUES (1)) AS one",
    prefix: PG.Replication.prefix, PG.Replication.all,
    sql: [
      "lag_seconds": """
      CASE WHEN NOT pg_is_in_recovery() THEN 0
           WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
           ELSE greatest(0, extract(epoch FROM now() - pg_last_xact_replay_timestamp())) END
      """,
      "is_replica": "pg_is_in_recovery()::int",
      "last_replay_seconds": "greatest(0, extract(epoch FROM now() - pg_last_xact_replay_timestamp()))",
    ])
}
