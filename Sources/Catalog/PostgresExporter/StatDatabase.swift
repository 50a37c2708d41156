import MetricModel

extension PG {
  /// `pg_stat_database_*`: the view's columns, one family a column. Times are milliseconds, as the view has them.
  package enum StatDatabase {
    package static let prefix = "pg_stat_database_"

    package static let numbackends = Family<Gauge, DatabaseLabels>(
      prefix + "numbackends",
      "Number of backends currently connected to this database. This is the only column in this view "
        + "that returns a value reflecting current state; all other columns return the accumulated values "
        + "since the last reset.",
      use: parity)
    package static let xactCommit = Family<Counter, DatabaseLabels>(
      prefix + "xact_commit",
      "Number of transactions in this database that have been committed")
    package static let xactRollback = Family<Counter, DatabaseLabels>(
      prefix + "xact_rollback",
      "Number of transactions in this database that have been rolled back")
    package static let blksRead = Family<Counter, DatabaseLabels>(
      prefix + "blks_read",
      "Number of disk blocks read in this database")
    package static let blksHit = Family<Counter, DatabaseLabels>(
      prefix + "blks_hit",
      "Number of times disk blocks were found already in the buffer cache, so that a read was not "
        + "necessary (this only includes hits in the PostgreSQL buffer cache, not the operating system's "
        + "file system cache)")
    package static let tupReturned = Family<Counter, DatabaseLabels>(
      prefix + "tup_returned",
      "Number of rows returned by queries in this database",
      use: parity)
    package static let tupFetched = Family<Counter, DatabaseLabels>(
      prefix + "tup_fetched",
      "Number of rows fetched by queries in this database",
      use: parity)
    package static let tupInserted = Family<Counter, DatabaseLabels>(
      prefix + "tup_inserted",
      "Number of rows inserted by queries in this database",
      use: parity)
    package static let tupUpdated = Family<Counter, DatabaseLabels>(
      prefix + "tup_updated",
      "Number of rows updated by queries in this database",
      use: parity)
    package static let tupDeleted = Family<Counter, DatabaseLabels>(
      prefix + "tup_deleted",
      "Number of rows deleted by queries in this database",
      use: parity)
    package static let conflicts = Family<Counter, DatabaseLabels>(
      prefix + "conflicts",
      "Number of queries canceled due to conflicts with recovery in this database. (Conflicts occur "
        + "only on standby servers; see pg_stat_database_conflicts for details.)",
      use: parity)
    package static let tempFiles = Family<Counter, DatabaseLabels>(
      prefix + "temp_files",
      "Number of temporary files created by queries in this database. All temporary files are counted, "
        + "regardless of why the temporary file was created (e.g., sorting or hashing), and regardless of "
        + "the log_temp_files setting.",
      use: parity)
    package static let tempBytes = Family<Counter, DatabaseLabels>(
      prefix + "temp_bytes",
      "Total amount of data written to temporary files by queries in this database. All temporary "
        + "files are counted, regardless of why the temporary file was created, and regardless of the "
        + "log_temp_files setting.",
      use: parity)
    package static let deadlocks = Family<Counter, DatabaseLabels>(
      prefix + "deadlocks",
      "Number of deadlocks detected in this database")
    package static let checksumFailures = Family<Unknown, DatabaseLabels>(
      prefix + "checksum_failures",
      "Data page checksum failures detected in this database, or on a shared object",
      use: parity)
    package static let checksumLastFailure = Family<Unknown, DatabaseLabels>(
      prefix + "checksum_last_failure",
      "Time of the last data page checksum failure, in seconds since the epoch",
      use: parity)
    package static let blkReadTime = Family<Counter, DatabaseLabels>(
      prefix + "blk_read_time",
      "Time spent reading data file blocks by backends in this database, in milliseconds",
      use: parity)
    package static let blkWriteTime = Family<Counter, DatabaseLabels>(
      prefix + "blk_write_time",
      "Time spent writing data file blocks by backends in this database, in milliseconds",
      use: parity)
    package static let sessionTime = Family<Unknown, DatabaseLabels>(
      prefix + "session_time",
      "Time spent by sessions in this database, in milliseconds",
      use: parity)
    package static let activeTime = Family<Unknown, DatabaseLabels>(
      prefix + "active_time",
      "Time spent executing statements in this database, in milliseconds",
      use: parity)
    package static let idleInTransactionTime = Family<Unknown, DatabaseLabels>(
      prefix + "idle_in_transaction_time",
      "Time spent idling while in a transaction in this database, in milliseconds",
      use: parity)
    package static let sessions = Family<Unknown, DatabaseLabels>(
      prefix + "sessions",
      "Sessions established to this database",
      use: parity)
    package static let sessionsAbandoned = Family<Unknown, DatabaseLabels>(
      prefix + "sessions_abandoned",
      "Sessions to this database that ended because the connection to the client was lost",
      use: parity)
    package static let sessionsFatal = Family<Unknown, DatabaseLabels>(
      prefix + "sessions_fatal",
      "Sessions to this database that were ended by fatal errors",
      use: parity)
    package static let sessionsKilled = Family<Unknown, DatabaseLabels>(
      prefix + "sessions_killed",
      "Sessions to this database that were ended by an operator",
      use: parity)
    package static let statsReset = Family<Counter, DatabaseLabels>(
      prefix + "stats_reset",
      "Time at which these statistics were last reset",
      use: parity)

    package static let parallelWorkersToLaunch = Family<Unknown, DatabaseLabels>(
      prefix + "parallel_workers_to_launch",
      "Parallel workers that queries in this database planned to launch",
      use: parity)
    package static let parallelWorkersLaunched = Family<Unknown, DatabaseLabels>(
      prefix + "parallel_workers_launched",
      "Parallel workers that queries in this database launched",
      use: parity)
    package static let activeTimeSecondsTotal = Family<Counter, Pair<DatabaseID, DatabaseName>>(
      prefix + "active_time_seconds_total",
      "Time spent executing SQL statements in this database, in seconds", unit: .seconds,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      numbackends.descriptor, xactCommit.descriptor, xactRollback.descriptor, blksRead.descriptor,
      blksHit.descriptor, tupReturned.descriptor, tupFetched.descriptor, tupInserted.descriptor,
      tupUpdated.descriptor, tupDeleted.descriptor, conflicts.descriptor, tempFiles.descriptor, tempBytes.descriptor,
      deadlocks.descriptor, checksumFailures.descriptor, checksumLastFailure.descriptor, blkReadTime.descriptor,
      blkWriteTime.descriptor, sessionTime.descriptor, activeTime.descriptor, idleInTransactionTime.descriptor,
      sessions.descriptor, sessionsAbandoned.descriptor, sessionsFatal.descriptor, sessionsKilled.descriptor,
      statsReset.descriptor, parallelWorkersToLaunch.descriptor, parallelWorkersLaunched.descriptor,
      activeTimeSecondsTotal.descriptor,
    ]
  }
}
