import MetricModel

extension PG {
  /// `pg_stat_bgwriter_*`: the background writer and, before PostgreSQL 17, the checkpoints. Times are milliseconds,
  /// as the view has them.
  package enum StatBgwriter {
    package static let prefix = "pg_stat_bgwriter_"

    package static let checkpointsTimedTotal = Family<Counter, ServerLabel>(
      prefix + "checkpoints_timed_total", "Number of scheduled checkpoints that have been performed",
      use: parity)
    package static let checkpointsReqTotal = Family<Counter, ServerLabel>(
      prefix + "checkpoints_req_total", "Number of requested checkpoints that have been performed",
      use: parity)
    package static let checkpointWriteTimeTotal = Family<Counter, ServerLabel>(
      prefix + "checkpoint_write_time_total",
      "Total amount of time that has been spent in the portion of checkpoint processing where files are "
        + "written to disk, in milliseconds",
      use: parity)
    package static let checkpointSyncTimeTotal = Family<Counter, ServerLabel>(
      prefix + "checkpoint_sync_time_total",
      "Total amount of time that has been spent in the portion of checkpoint processing where files are "
        + "synchronized to disk, in milliseconds",
      use: parity)
    package static let buffersCheckpointTotal = Family<Counter, ServerLabel>(
      prefix + "buffers_checkpoint_total", "Number of buffers written during checkpoints",
      use: parity)
    package static let buffersCleanTotal = Family<Counter, ServerLabel>(
      prefix + "buffers_clean_total", "Number of buffers written by the background writer",
      use: parity)
    package static let maxwrittenCleanTotal = Family<Counter, ServerLabel>(
      prefix + "maxwritten_clean_total",
      "Number of times the background writer stopped a cleaning scan because it had written too many "
        + "buffers",
      use: parity)
    package static let buffersBackendTotal = Family<Counter, ServerLabel>(
      prefix + "buffers_backend_total", "Number of buffers written directly by a backend",
      use: parity)
    package static let buffersBackendFsyncTotal = Family<Counter, ServerLabel>(
      prefix + "buffers_backend_fsync_total",
      "Number of times a backend had to execute its own fsync call (normally the background writer "
        + "handles those even when the backend does its own write)",
      use: parity)
    package static let buffersAllocTotal = Family<Counter, ServerLabel>(
      prefix + "buffers_alloc_total", "Number of buffers allocated",
      use: parity)
    package static let statsResetTotal = Family<Counter, ServerLabel>(
      prefix + "stats_reset_total", "Time at which these statistics were last reset",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      checkpointsTimedTotal.descriptor, checkpointsReqTotal.descriptor, checkpointWriteTimeTotal.descriptor,
      checkpointSyncTimeTotal.descriptor, buffersCheckpointTotal.descriptor, buffersCleanTotal.descriptor,
      maxwrittenCleanTotal.descriptor, buffersBackendTotal.descriptor, buffersBackendFsyncTotal.descriptor,
      buffersAllocTotal.descriptor, statsResetTotal.descriptor,
    ]
  }
}
