import Catalog
import Logging
import MetricModel
import Settings
import Telemetry
import Topology

/// The telemetry that every process of ours starts with: a registry with the process' own metrics, and swift-log
/// on the pipeline. What only services or only exporters need does not belong here.
package struct ProcessTelemetry: Sendable {
  package let registry: Registry
  package let logger: Logger
  private let pipeline: LogPipeline

  /// Reads the variables that every process has and takes over swift-log. Once a process.
  package init(process: PlatformProcess, settings: Settings) throws(SettingsError) {
    let level = try settings.required(Variables.logLevel, expected: "un nivel, de trace a critical") {
      Logger.Level(rawValue: $0)
    }
    let directory = try settings.optional(Variables.logDirectory)
    let revision = try settings.required(Variables.revision)
    let registry = Registry()
    var sinks: [(name: String, sink: any LogSink)] = [(SinkLabel.stdout.labelValue, DescriptorSink())]
    if let directory {
      sinks.append((SinkLabel.file.labelValue, RotatingFileSink(directory: directory, name: process.name)))
    }
    let counters = LogCounters(registry, sinks: sinks.map(\.name))
    let service = process.job?.rawValue ?? process.name
    let pipeline = LogPipeline(service: service, sinks: sinks) { counters.count($0) }
    LoggingSystem.bootstrap { pipeline.handler(label: $0, level: level) }
    let logger = Logger(label: process.name)
    registry.setProblemHandler { problem, isFirst in
      counters.count(problem, isFirst: isFirst)
      if isFirst { logger.error("a metric lacks what was recorded", metadata: ["problem": "\(problem)"]) }
    }
    registry.register(ProcessCollector(service: service, revision: revision))
    self.registry = registry
    self.pipeline = pipeline
    self.logger = logger
  }

  /// Writes out what is pending; the last thing that a process does.
  package func close() { pipeline.close() }
}

/// Counts what the pipeline and the registry report.
private struct LogCounters: Sendable {
  let messages: CounterInstrument<LevelLabel>
  let dropped: CounterInstrument<DropLabels>
  /// Those that the pipeline has.
  let sinks: [SinkLabel]

  init(_ registry: Registry, sinks: [String]) {
    messages = registry.counter(Logs.messages)
    dropped = registry.counter(Logs.dropped)
    self.sinks = sinks.compactMap(Self.label)
  }

  func count(_ event: LogPipeline.Event) {
    switch event {
    case .logged(let level): messages.add(1, LevelLabel(level))
    case .sampled: for sink in sinks { dropped.add(1, DropLabels(sink: sink, reason: .sampled)) }
    case .dropped(let sink, let loss, let records):
      guard let label = Self.label(sink) else { return }
      dropped.add(records, DropLabels(sink: label, reason: DropReason(loss)))
    case .failing(let sink, let error): ProcessSurroundings.complain("log sink \(sink) is failing: \(error)")
    case .recovered(let sink): ProcessSurroundings.complain("log sink \(sink) works again")
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

  private static func label(_ sink: String) -> SinkLabel? { SinkLabel.allCases.first { $0.labelValue == sink } }
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
