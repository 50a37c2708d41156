import Catalog
import ExporterKit

/// `pg_stat_wal_receiver_*`: what a standby receives from where; nothing on a primary. Costs the server nothing.
/// Times are seconds since the epoch, positions bytes.
/// Source: PostgreSQL documentation, "The pg_stat_wal_receiver View".
struct StatWalReceiverCollector: StatViewCollector {
  let name = "stat_wal_receiver"
  let help = "Lo que recibe una réplica."
  let isDefault = false
  var view: StatView { Self.view }

  static let view = StatView(
    "pg_stat_wal_receiver", from: "pg_stat_wal_receiver WHERE status IS NOT NULL",
    prefix: PG.StatWalReceiver.prefix, PG.StatWalReceiver.all,
    sql: [
      "receive_start_lsn": "(receive_start_lsn - '0/0') % \(SQLText.exactIntegers)",
      "flushed_lsn": "(flushed_lsn - '0/0') % \(SQLText.exactIntegers)",
      "latest_end_lsn": "(latest_end_lsn - '0/0') % \(SQLText.exactIntegers)",
      "last_msg_send_time": "extract(epoch FROM last_msg_send_time)",
      "last_msg_receipt_time": "extract(epoch FROM last_msg_receipt_time)",
      "latest_end_time": "extract(epoch FROM latest_end_time)",
      "upstream_node": "substring(slot_name FROM 'repmgr_slot_([0-9]+)')",
    ],
    labels: [
      "upstream_host": "coalesce(trim(both $$'$$ FROM substring(conninfo FROM 'host=([^ ]*)')), sender_host)"
    ],
    null: .absent)
}
