import MetricModel

extension PG {
  /// `pg_buffercache_summary_*`: how full the shared buffers are.
  package enum BuffercacheSummary {
    package static let prefix = "pg_buffercache_summary_"

    package static let buffersUsed = Family<Gauge, NoLabels>(
      prefix + "buffers_used", "Number of used shared buffers",
      use: parity)
    package static let buffersUnused = Family<Gauge, NoLabels>(
      prefix + "buffers_unused", "Number of unused shared buffers",
      use: parity)
    package static let buffersDirty = Family<Gauge, NoLabels>(
      prefix + "buffers_dirty", "Number of dirty shared buffers",
      use: parity)
    package static let buffersPinned = Family<Gauge, NoLabels>(
      prefix + "buffers_pinned", "Number of pinned shared buffers",
      use: parity)
    package static let usagecountAvg = Family<Gauge, NoLabels>(
      prefix + "usagecount_avg", "Average usage count of used shared buffers",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      buffersUsed.descriptor, buffersUnused.descriptor, buffersDirty.descriptor, buffersPinned.descriptor,
      usagecountAvg.descriptor,
    ]
  }
}
