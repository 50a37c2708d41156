import MetricModel

extension PG {
  /// `pg_stat_replication_*`: standbys and other receivers of the WAL. `slot_name` is the number of the sender's
  /// process, as with the standard exporter, which reads it from the wrong column.
  package enum StatReplication {
    package static let prefix = "pg_stat_replication_"

    package static let pgCurrentWalLsnBytes = Family<
      Gauge, Pair<Pair<ApplicationName, ClientAddress>, Triple<ServerLabel, SlotName, SessionState>>
    >(
      prefix + "pg_current_wal_lsn_bytes", "WAL position in bytes", unit: .bytes,
      use: parity)
    package static let pgWalLsnDiff = Family<
      Gauge, Pair<Pair<ApplicationName, ClientAddress>, Triple<ServerLabel, SlotName, SessionState>>
    >(
      prefix + "pg_wal_lsn_diff", "Lag in bytes between master and slave",
      use: parity)
    package static let replyTime = Family<
      Unknown, Pair<Pair<ApplicationName, ClientAddress>, Triple<ServerLabel, SlotName, SessionState>>
    >(
      prefix + "reply_time", "Unknown metric from pg_stat_replication",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      pgCurrentWalLsnBytes.descriptor, pgWalLsnDiff.descriptor, replyTime.descriptor,
    ]
  }
}
