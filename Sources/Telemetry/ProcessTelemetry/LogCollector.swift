import Catalog
import Telemetry
import TelemetryLoki

/// What waits before each sink, and what the Loki client holds and has sent.
struct LogCollector: Collector {
  let pipeline: LogPipeline
  let lokiStatistics: (@Sendable () -> LokiStatistics)?

  func collect(into batch: inout SampleBatch) {
    for queue in pipeline.queues {
      guard let sink = SinkLabel(name: queue.name) else { continue }
      batch.add(Logs.queueBytes, sink, Double(queue.pendingBytes))
      batch.add(Logs.queueRecords, sink, Double(queue.pendingRecords))
      batch.add(Logs.queueOldest, sink, queue.oldestSeconds)
    }
    guard let loki = lokiStatistics?() else { return }
    batch.add(LokiPush.bufferedBytes, .memory, Double(loki.memoryBytes))
    batch.add(LokiPush.bufferedBytes, .disk, Double(loki.spillBytes))
    batch.add(LokiPush.bufferedRecords, .memory, Double(loki.memoryRecords))
    batch.add(LokiPush.bufferedRecords, .disk, Double(loki.spillRecords))
    let oldest = loki.oldestRecord.map { max(0, Timestamp.now().seconds(since: $0)) } ?? 0
    batch.add(LokiPush.oldestBuffered, oldest)
    batch.add(LokiPush.sent, Double(loki.sentRecords))
    batch.add(LokiPush.truncated, Double(loki.truncatedRecords))
    for outcome in LokiOutcomeLabel.allCases {
      let requests = LokiRequestOutcome(rawValue: outcome.labelValue).flatMap { loki.requests[$0] } ?? 0
      batch.add(LokiPush.requests, outcome, Double(requests))
    }
  }
}

extension SinkLabel {
  /// As the pipeline names it.
  init?(name: String) {
    guard let label = Self.allCases.first(where: { $0.labelValue == name }) else { return nil }
    self = label
  }
}
