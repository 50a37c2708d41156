import Catalog
import ExporterKit

/// `pg_stat_replication_*`: standbys and other receivers of the WAL. Costs the server little. As with the standard
/// exporter, `slot_name` is the number of the sender's process; the slots themselves are in `replication_slots`.
/// Source: PostgreSQL documentation, "The pg_stat_replication View".
struct StatReplicationCollector: StatViewCollector {
  let name = "stat_replication"
  let help = "Réplicas conectadas y su atraso."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_replication", prefix: PG.StatReplication.prefix, PG.StatReplication.all,
    sql: [
      "pg_current_wal_lsn_bytes": "\(ReplicationSlotsCollector.position) - '0/0'",
      "pg_wal_lsn_diff": "\(ReplicationSlotsCollector.position) - replay_lsn",
    ],
    labels: ["client_addr": "host(client_addr)", "slot_name": "pid::text"], instants: ["reply_time"])
}
