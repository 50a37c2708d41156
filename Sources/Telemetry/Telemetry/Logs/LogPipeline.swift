import Logging

/// The one way from swift-log to the sinks: a record is cleared of secrets and encoded once, and handed to each sink's
/// own bounded queue. Logging never waits for a sink.
///
/// What goes wrong with a sink is never logged through the pipeline itself: it is reported by `Event`.
public final class LogPipeline: Sendable {
  /// What happens to records on their way, for counting, and to sinks, for a line on standard error.
  public enum Event: Sendable {
    /// Once a record, whatever becomes of it.
    case logged(Logger.Level)
    /// The record was one too many of its call site; a summary will count it.
    case sampled(Logger.Level)
    /// So many records are lost to this sink; the others may have them.
    case dropped(sink: String, Loss, records: Int)
    /// A sink that worked does not work any more; said once.
    case failing(sink: String, error: LogSinkError)
    /// It works again; said once.
    case recovered(sink: String)
  }

  /// Why records are lost.
  public enum Loss: Sendable {
    /// The sink's queue held all that it may.
    case full
    /// The sink did not take them.
    case refused(LogSinkError)
    /// The pipeline was closed before the sink took them.
    case unsent
  }

  /// What waits before a sink, what it is writing included.
  public struct QueueDepth: Sendable {
    /// That of the sink's destination.
    public let name: String
    /// An estimate of the memory held.
    public let pendingBytes: Int
    /// The hand-over that the sink is writing included.
    public let pendingRecords: Int
    /// How long ago the oldest of them was logged; 0 where nothing waits.
    public let oldestSeconds: Double
  }

  private let service: String
  private let sinks: [SinkQueue]
  private let lowestLevel: Logger.Level
  private let keepsFields: Bool
  private let sampler: LogSampler?
  private let onEvent: @Sendable (Event) -> Void

  /// - Parameters:
  ///   - service: the `service` field of every line.
  ///   - destinations: the sinks, with the names that their events have.
  ///   - sampling: nil: every record passes.
  ///   - onEvent: called on the logging thread or a sink's; it must not log.
  public init(
    service: String, destinations: [LogDestination], sampling: LogSampling? = LogSampling(),
    onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.service = service
    self.onEvent = onEvent
    let sinks = destinations.map { destination in
      let name = destination.name
      return SinkQueue(destination) { event in
        switch event {
        case .dropped(let loss, let records): onEvent(.dropped(sink: name, loss, records: records))
        case .failing(let error): onEvent(.failing(sink: name, error: error))
        case .recovered: onEvent(.recovered(sink: name))
        }
      }
    }
    let keepsFields = sinks.contains { $0.usesFields }
    self.sinks = sinks
    self.keepsFields = keepsFields
    lowestLevel = destinations.map(\.minimumLevel).min() ?? .critical
    sampler = sampling.map { sampling in
      LogSampler(sampling) { Self.write($0, to: sinks, keepsFields: keepsFields) }
    }
  }

  /// Sinks that get every level, each with the usual bounds.
  public convenience init(
    service: String, sinks: [(name: String, sink: any LogSink)], sampling: LogSampling? = LogSampling(),
    onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.init(
      service: service, destinations: sinks.map { LogDestination($0.name, $0.sink) }, sampling: sampling,
      onEvent: onEvent)
  }

  /// A handler for `LoggingSystem.bootstrap` or `Logger(label:factory:)`.
  public func handler(
    label: String, level: Logger.Level, metadataProvider: Logger.MetadataProvider? = nil
  ) -> any LogHandler {
    PipelineLogHandler(
      pipeline: self, origin: LineOrigin(service: service, label: label), logLevel: level,
      metadataProvider: metadataProvider)
  }

  /// What waits before each sink, for metrics.
  public var queues: [QueueDepth] {
    let now = Timestamp.now()
    return sinks.map { $0.depth(now: now) }
  }

  func submit(_ event: LogEvent, metadata: Logger.Metadata, origin: LineOrigin) {
    onEvent(.logged(event.level))
    guard event.level >= lowestLevel else { return }
    let time = Timestamp.now()
    if let sampler, !sampler.passes(event, origin: origin, second: time.seconds) {
      onEvent(.sampled(event.level))
      return
    }
    let record = JSONLine.record(of: event, metadata: metadata, origin: origin, at: time, keepsFields: keepsFields)
    Self.submit(record, to: sinks)
  }

  private static func submit(_ record: LogRecord, to sinks: [SinkQueue]) {
    for sink in sinks where record.level >= sink.minimumLevel { sink.submit(record) }
  }

  /// A summary goes where its records would have gone. It is no record of a caller's, hence not counted as one.
  private static func write(_ summary: LogSampler.Summary, to sinks: [SinkQueue], keepsFields: Bool) {
    let event = LogEvent(
      level: summary.level, message: summary.message, metadata: nil, source: nil, file: "", function: "", line: 0)
    let record = JSONLine.record(
      of: event, metadata: ["suppressed": .stringConvertible(summary.records)], origin: summary.origin, at: .now(),
      keepsFields: keepsFields)
    submit(record, to: sinks)
  }

  /// Writes out what is pending. Blocks its thread for at most `seconds`; what no sink has taken by then, and later
  /// records, are dropped and counted.
  public func close(withinSeconds seconds: Int = 2) {
    let deadline = MonotonicInstant.after(seconds: Double(seconds))
    let now = Timestamp.now()
    sampler?.close(until: deadline)
    for sink in sinks {
      sink.beginClosing(until: Timestamp(seconds: now.seconds + seconds, nanoseconds: now.nanoseconds))
    }
    for sink in sinks { sink.awaitEnd(until: deadline) }
  }
}

struct PipelineLogHandler: LogHandler {
  let pipeline: LogPipeline
  let origin: LineOrigin
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?

  init(
    pipeline: LogPipeline, origin: LineOrigin, logLevel: Logger.Level, metadataProvider: Logger.MetadataProvider?
  ) {
    self.pipeline = pipeline
    self.origin = origin
    self.logLevel = logLevel
    self.metadataProvider = metadataProvider
  }

  subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { Self.merge(provided, into: &all) }
    if let own = event.metadata { Self.merge(own, into: &all) }
    pipeline.submit(event, metadata: all, origin: origin)
  }

  /// Copies nothing where there is nothing to merge with.
  private static func merge(_ later: Logger.Metadata, into metadata: inout Logger.Metadata) {
    if metadata.isEmpty {
      metadata = later
    } else if !later.isEmpty {
      metadata.merge(later) { $1 }
    }
  }
}
