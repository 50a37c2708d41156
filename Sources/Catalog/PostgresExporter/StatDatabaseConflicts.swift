import MetricModel

extension PG {
  /// `pg_stat_database_conflicts_*`: queries that recovery cancelled on a standby, by reason.
  package enum StatDatabaseConflicts {
    package static let prefix = "pg_stat_database_conflicts_"

    package static let conflTablespace = Family<Counter, DatabaseLabels>(
      prefix + "confl_tablespace",
      "Number of queries in this database that have been canceled due to dropped tablespaces",
      use: parity)
    package static let conflLock = Family<Counter, DatabaseLabels>(
      prefix + "confl_lock",
      "Number of queries in this database that have been canceled due to lock timeouts",
      use: parity)
    package static let conflSnapshot = Family<Counter, DatabaseLabels>(
      prefix + "confl_snapshot",
      "Number of queries in this database that have been canceled due to old snapshots",
      use: parity)
    package static let conflBufferpin = Family<Counter, DatabaseLabels>(
      prefix + "confl_bufferpin",
      "Number of queries in this database that have been canceled due to pinned buffers",
      use: parity)
    package static let conflDeadlock = Family<Counter, DatabaseLabels>(
      prefix + "confl_deadlock",
      "Number of queries in this database that have been canceled due to deadlocks",
      use: parity)
    package static let conflActiveLogicalslot = Family<Unknown, DatabaseLabels>(
      prefix + "confl_active_logicalslot",
      "Number of uses of logical slots in this database that have been canceled due to old snapshots "
        + "or too low a wal_level on the primary",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      conflTablespace.descriptor, conflLock.descriptor, conflSnapshot.descriptor, conflBufferpin.descriptor,
      conflDeadlock.descriptor, conflActiveLogicalslot.descriptor,
    ]
  }
}
