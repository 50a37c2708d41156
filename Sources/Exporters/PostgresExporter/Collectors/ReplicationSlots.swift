import Catalog
import ExporterKit

/// `pg_replication_slots_*`: what each slot keeps from being removed; those of postgres_exporter 0.11.1 and of 0.20,
/// which have other labels. Costs the server little.
/// Source: PostgreSQL documentation, "pg_replication_slots".
struct ReplicationSlotsCollector: StatViewCollector {
  let name = "replication_slots"
  let help = "Slots de replicación."
  let namesServer = true
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_replication_slots", prefix: PG.ReplicationSlots.prefix, PG.ReplicationSlots.all,
    sql: [
      "active": "active::int",
      "pg_wal_lsn_diff": "\(position) - restart_lsn",
      "slot_current_wal_lsn": "\(position) - '0/0'",
      "slot_confirmed_flush_lsn": "CASE WHEN active THEN coalesce(confirmed_flush_lsn, '0/0') - '0/0' END",
      "slot_is_active": "active::int",
      "safe_wal_size_bytes": "safe_wal_size",
      "wal_status": "CASE WHEN wal_status IS NOT NULL THEN 1 END",
    ],
    absent: ["slot_confirmed_flush_lsn", "safe_wal_size_bytes", "wal_status"])

  /// Where the WAL is: written here, or received.
  static let position =
    "CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END"
}
