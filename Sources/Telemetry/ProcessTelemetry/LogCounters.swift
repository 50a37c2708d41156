import Catalog
import Logging
import Telemetry
import TelemetryLoki

/// Counts what the pipeline, the registry and the Loki client report, and says on standard error what an operator has
/// to know of a sink: it cannot go into the log.
struct LogCounters: Sendable {
  private let messages: CounterInstrument<LevelLabel>
  private let dropped: CounterInstrument<DropLabels>
  private let process: String

  init(_ registry: Registry, process: String) {
    messages = registry.counter(Logs.messages)
    dropped = registry.counter(Logs.dropped)
    self.process = process
    for reason in [DropReason.cardinality, .conflict] { dropped.expose(DropLabels(sink: .metrics, reason: reason)) }
  }

  /// What can be lost on the way to these sinks, at 0 from the start.
  func expose(_ sinks: [SinkLabel]) {
    for sink in sinks {
      for reason in [DropReason.full, .write, .sampled, .unsent] + (sink == .loki ? [.rejected] : []) {
        dropped.expose(DropLabels(sink: sink, reason: reason))
      }
    }
  }

  func count(_ event: LogPipeline.Event, sinks: [SinkLabel]) {
    switch event {
    case .logged(let level): messages.add(1, LevelLabel(level))
    case .sampled: for sink in sinks { dropped.add(1, DropLabels(sink: sink, reason: .sampled)) }
    case .dropped(let sink, let loss, let records):
      if let label = SinkLabel(name: sink) { dropped.add(records, DropLabels(sink: label, reason: DropReason(loss))) }
    case .failing(let sink, let error): complain("log sink \(sink) is failing: \(error)")
    case .recovered(let sink): complain("log sink \(sink) works again")
    }
  }

  /// Each sample past a limit, and each conflict once: it comes back at every scrape.
  func count(_ problem: Registry.Problem, isFirst: Bool) {
    if case .cardinality = problem {
      dropped.add(1, DropLabels(sink: .metrics, reason: .cardinality))
    } else if isFirst {
      dropped.add(1, DropLabels(sink: .metrics, reason: .conflict))
    }
  }

  func count(_ event: LokiEvent) {
    switch event {
    case .dropped(let reason, let count): dropped.add(count, DropLabels(sink: .loki, reason: DropReason(reason)))
    // Its number is on the page: the line was sent.
    case .truncated: break
    case .receiverAway(let reason): complain("Loki does not take log records, which wait: \(reason)")
    case .receiverBack: complain("Loki takes log records again")
    case .spillUnavailable(let reason): complain("log records for Loki wait in memory alone: \(reason)")
    case .spillAvailable: complain("log records for Loki wait on disk again")
    }
  }

  private func complain(_ text: String) { ProcessSurroundings.complain("\(process): \(text)") }
}

extension DropReason {
  fileprivate init(_ loss: LogPipeline.Loss) {
    self =
      switch loss {
      case .full: .full
      case .refused: .write
      case .unsent: .unsent
      }
  }

  fileprivate init(_ reason: LokiDropReason) {
    self =
      switch reason {
      case .full: .full
      case .refused, .tooOld: .rejected
      case .damaged: .write
      case .closed: .unsent
      }
  }
}

extension LevelLabel {
  fileprivate init(_ level: Logger.Level) {
    self =
      switch level {
      case .trace: .trace
      case .debug: .debug
      case .info: .info
      case .notice: .notice
      case .warning: .warning
      case .error: .error
      case .critical: .critical
      }
  }
}
