import MetricModel

extension PG {
  /// `pg_stat_checkpointer_*`: checkpoints and restartpoints since PostgreSQL 17. Times are milliseconds, as the view
  /// has them.
  package enum StatCheckpointer {
    package static let prefix = "pg_stat_checkpointer_"

    package static let numTimedTotal = Family<Counter, NoLabels>(
      prefix + "num_timed_total", "Number of scheduled checkpoints due to timeout",
      use: parity)
    package static let numRequestedTotal = Family<Counter, NoLabels>(
      prefix + "num_requested_total", "Number of requested checkpoints that have been performed",
      use: parity)
    package static let restartpointsTimedTotal = Family<Counter, NoLabels>(
      prefix + "restartpoints_timed_total",
      "Number of scheduled restartpoints due to timeout or after a failed attempt to perform it",
      use: parity)
    package static let restartpointsReqTotal = Family<Counter, NoLabels>(
      prefix + "restartpoints_req_total", "Number of requested restartpoints",
      use: parity)
    package static let restartpointsDoneTotal = Family<Counter, NoLabels>(
      prefix + "restartpoints_done_total", "Number of restartpoints that have been performed",
      use: parity)
    package static let writeTimeTotal = Family<Counter, NoLabels>(
      prefix + "write_time_total",
      "Total amount of time that has been spent in the portion of processing checkpoints and "
        + "restartpoints where files are written to disk, in milliseconds",
      use: parity)
    package static let syncTimeTotal = Family<Counter, NoLabels>(
      prefix + "sync_time_total",
      "Total amount of time that has been spent in the portion of processing checkpoints and "
        + "restartpoints where files are synchronized to disk, in milliseconds",
      use: parity)
    package static let buffersWrittenTotal = Family<Counter, NoLabels>(
      prefix + "buffers_written_total", "Number of buffers written during checkpoints and restartpoints",
      use: parity)
    package static let statsResetTotal = Family<Counter, NoLabels>(
      prefix + "stats_reset_total", "Time at which these statistics were last reset",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      numTimedTotal.descriptor, numRequestedTotal.descriptor, restartpointsTimedTotal.descriptor,
      restartpointsReqTotal.descriptor, restartpointsDoneTotal.descriptor, writeTimeTotal.descriptor,
      syncTimeTotal.descriptor, buffersWrittenTotal.descriptor, statsResetTotal.descriptor,
    ]
  }
}
