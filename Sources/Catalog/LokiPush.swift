import MetricModel

/// What the push client says about itself; present where `LOKI_URL` is set.
package enum LokiPush {
  private static let waiting = FamilyUse.notNeeded("read by hand while Loki is away")

  package static let bufferedBytes = Family<Gauge, BufferLabel>(
    "loki_push_buffered_bytes", "Log records that wait for Loki, by where.", unit: .bytes, use: waiting)
  package static let bufferedRecords = Family<Gauge, BufferLabel>(
    "loki_push_buffered_records", "Log records that wait for Loki, by where.", use: waiting)
  package static let oldestBuffered = Family<Gauge, NoLabels>(
    "loki_push_oldest_buffered_seconds", "Age of the oldest log record that waits for Loki; 0 where none waits.",
    unit: .seconds, use: waiting)
  package static let sent = Family<Counter, NoLabels>(
    "loki_push_sent_records_total", "Log records that Loki acknowledged.", use: waiting)
  package static let truncated = Family<Counter, NoLabels>(
    "loki_push_truncated_records_total", "Log records whose line was cut to what Loki takes.", use: waiting)
  package static let requests = Family<Counter, LokiOutcomeLabel>(
    "loki_push_requests_total", "Requests to Loki by how they ended.", use: waiting)

  package static let all = [
    bufferedBytes.descriptor, bufferedRecords.descriptor, oldestBuffered.descriptor, sent.descriptor,
    truncated.descriptor, requests.descriptor,
  ]
}

package enum BufferLabel: ClosedLabel {
  case memory, disk
  package static let labelName = "buffer"
  @inlinable package static var count: Int { 2 }
}

package enum LokiOutcomeLabel: ClosedLabel {
  case accepted, unauthorized, throttled, refused, failed, unreachable
  package static let labelName = "outcome"
  @inlinable package static var count: Int { 6 }
}
