import MetricModel

/// What the log pipeline and the registry say about themselves.
package enum Logs {
  package static let messages = Family<Counter, LevelLabel>(
    "log_messages_total", "Log messages by level, whether or not a sink took them.")
  package static let dropped = Family<Counter, DropLabels>(
    "telemetry_dropped_total", "Telemetry that was lost, by sink and reason.")

  package static let queueBytes = Family<Gauge, SinkLabel>(
    "telemetry_queue_bytes", "Memory held by log records that wait for their sink, by an estimate.", unit: .bytes,
    use: .notNeeded("read by hand when TelemetryDropped fires"))
  package static let queueRecords = Family<Gauge, SinkLabel>(
    "telemetry_queue_records", "Log records that wait for their sink.",
    use: .notNeeded("read by hand when TelemetryDropped fires"))
  package static let queueOldest = Family<Gauge, SinkLabel>(
    "telemetry_queue_oldest_seconds", "Age of the oldest log record that waits for its sink; 0 where none waits.",
    unit: .seconds, use: .notNeeded("read by hand when TelemetryDropped fires"))

  package static let all = [
    messages.descriptor, dropped.descriptor, queueBytes.descriptor, queueRecords.descriptor, queueOldest.descriptor,
  ]
}

/// swift-log's levels.
package enum LevelLabel: ClosedLabel {
  case trace, debug, info, notice, warning, error, critical
  package static let labelName = "level"
  @inlinable package static var count: Int { 7 }
}

package enum SinkLabel: ClosedLabel {
  case metrics, stdout, file, journal, loki
  package static let labelName = "sink"
  @inlinable package static var count: Int { 5 }
}

package enum DropReason: ClosedLabel {
  /// A bounded queue was full.
  case full
  /// The sink refused the write (a full disk, a closed pipe).
  case write
  /// A metric had more series than its limit.
  case cardinality
  /// Two families or series of one name.
  case conflict
  /// One too many of its call site; a summary counts it.
  case sampled
  /// The receiver refused it for good.
  case rejected
  /// The process ended before the sink took it.
  case unsent
  package static let labelName = "reason"
  @inlinable package static var count: Int { 7 }
}

package struct DropLabels: CompositeLabels {
  package let sink: SinkLabel
  package let reason: DropReason
  @inlinable package var shape: Pair<SinkLabel, DropReason> { Pair(sink, reason) }
  package init(sink: SinkLabel, reason: DropReason) {
    self.sink = sink
    self.reason = reason
  }
}
