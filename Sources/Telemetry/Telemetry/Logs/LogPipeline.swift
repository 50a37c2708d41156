import Logging

/// The one way from swift-log to the sinks: a record is encoded once and handed to each sink's own bounded queue.
public final class LogPipeline: Sendable {
  /// What happens to records on their way, for counting.
  public enum Event: Sendable {
    case logged(Logger.Level)
    /// `error` is nil where a bounded queue was full.
    case dropped(sink: String, error: LogSinkError?, lines: Int)
  }

  private let service: String
  private let queues: [SinkQueue]
  private let onEvent: @Sendable (Event) -> Void

  /// - Parameters:
  ///   - service: the `service` field of every line.
  ///   - sinks: each with the name that its drops are counted under.
  ///   - onEvent: called on the logging thread or a sink's; it must not log.
  public init(
    service: String, sinks: [(name: String, sink: any LogSink)], onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.service = service
    self.onEvent = onEvent
    queues = sinks.map { name, sink in
      SinkQueue(sink) { error, lines in onEvent(.dropped(sink: name, error: error, lines: lines)) }
    }
  }

  /// A handler for `LoggingSystem.bootstrap` or `Logger(label:factory:)`.
  public func handler(label: String, level: Logger.Level) -> any LogHandler {
    PipelineLogHandler(pipeline: self, label: label, logLevel: level)
  }

  func submit(_ event: LogEvent, metadata: Logger.Metadata, logger: String) {
    onEvent(.logged(event.level))
    let time = Timestamp.now()
    let line = JSONLine.encode(event, metadata: metadata, service: service, logger: logger, at: time)
    let record = LogRecord(
      time: time, level: event.level, logger: logger, message: event.message.description, metadata: metadata,
      line: line)
    for queue in queues { queue.submit(record) }
  }

  /// Writes out what is pending. Blocks its thread for at most `seconds`; later lines are dropped and counted.
  public func close(withinSeconds seconds: Int = 2) {
    let now = Timestamp.now()
    let deadline = Timestamp(seconds: now.seconds + seconds, nanoseconds: now.nanoseconds)
    for queue in queues { queue.close(until: deadline) }
  }
}

struct PipelineLogHandler: LogHandler {
  let pipeline: LogPipeline
  let label: String
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?

  init(pipeline: LogPipeline, label: String, logLevel: Logger.Level) {
    self.pipeline = pipeline
    self.label = label
    self.logLevel = logLevel
  }

  subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    pipeline.submit(event, metadata: all, logger: label)
  }
}
