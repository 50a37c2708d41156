import MetricModel

extension PG {
  /// `pg_replication_slots_*`: what each slot keeps from being removed. Positions are bytes from the beginning of the
  /// WAL.
  package enum ReplicationSlots {
    package static let prefix = "pg_replication_slots_"

    package static let active = Family<Gauge, Triple<SlotDatabase, ServerLabel, SlotName>>(
      prefix + "active", "Flag indicating if the slot is active",
      use: parity)
    package static let pgWalLsnDiff = Family<Gauge, Triple<SlotDatabase, ServerLabel, SlotName>>(
      prefix + "pg_wal_lsn_diff", "Replication lag in bytes",
      use: parity)
    package static let slotCurrentWalLsn = Family<Gauge, Pair<SlotName, SlotType>>(
      prefix + "slot_current_wal_lsn", "current wal lsn value",
      use: parity)
    package static let slotConfirmedFlushLsn = Family<Gauge, Pair<SlotName, SlotType>>(
      prefix + "slot_confirmed_flush_lsn", "last lsn confirmed flushed to the replication slot",
      use: parity)
    package static let slotIsActive = Family<Gauge, Pair<SlotName, SlotType>>(
      prefix + "slot_is_active", "whether the replication slot is active or not",
      use: parity)
    package static let safeWalSizeBytes = Family<Gauge, Pair<SlotName, SlotType>>(
      prefix + "safe_wal_size_bytes",
      "number of bytes that can be written to WAL such that this slot is not in danger of getting in "
        + "state lost", unit: .bytes,
      use: parity)
    package static let walStatus = Family<Gauge, Triple<SlotName, SlotType, WalStatus>>(
      prefix + "wal_status", "availability of WAL files claimed by this slot",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      active.descriptor, pgWalLsnDiff.descriptor, slotCurrentWalLsn.descriptor, slotConfirmedFlushLsn.descriptor,
      slotIsActive.descriptor, safeWalSizeBytes.descriptor, walStatus.descriptor,
    ]
  }
}
