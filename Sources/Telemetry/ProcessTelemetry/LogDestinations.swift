import Catalog
import Glibc
import MetricModel
import Settings
import Systemd
import Telemetry
import TelemetryLoki
import Topology

/// Where the records of a process go, by its settings: standard output (or the journal that stands behind it), a file
/// that rotates, and Loki.
struct LogDestinations {
  let all: [LogDestination]
  /// Of the Loki client; nil where nothing is pushed.
  let lokiStatistics: (@Sendable () -> LokiStatistics)?

  /// - Parameter onLokiEvent: called on the client's threads; it must not log.
  init(
    process: PlatformProcess, settings: Settings, format: LogFormat = .json,
    onLokiEvent: @escaping @Sendable (LokiEvent) -> Void
  ) throws(SettingsError) {
    var all = [Self.output(of: process, format)]
    let directory = try settings.optional(Variables.logDirectory)
    if let directory {
      all.append(
        LogDestination(SinkLabel.file.labelValue, RotatingFileSink(directory: directory, name: process.name)))
    }
    if let url = try settings.optional(Variables.lokiURL) {
      var configuration = try Self.lokiConfiguration(url, process: process, settings: settings)
      configuration.directory = directory.map { "\($0)/loki-\(process.name)" }
      let sink = LokiSink(configuration, onEvent: onLokiEvent)
      all.append(LogDestination(SinkLabel.loki.labelValue, sink))
      lokiStatistics = sink.readStatistics
    } else {
      lokiStatistics = nil
    }
    self.all = all
  }

  /// Under systemd the journal gets the fields themselves instead of a line of JSON in its MESSAGE.
  private static func output(of process: PlatformProcess, _ format: LogFormat) -> LogDestination {
    let journal = JournalStream(ProcessSurroundings.environment()["JOURNAL_STREAM"])
    guard journal?.isBehind(descriptor: STDOUT_FILENO) == true else {
      return LogDestination(SinkLabel.stdout.labelValue, DescriptorSink(format: format))
    }
    return LogDestination(
      SinkLabel.journal.labelValue, JournalSink(service: process.jobName, identifier: process.name))
  }

  private static func lokiConfiguration(
    _ url: String, process: PlatformProcess, settings: Settings
  ) throws(SettingsError) -> LokiConfiguration {
    let instance = "\(ProcessSurroundings.hostName):\(try settings.port(process.port))"
    var configuration: LokiConfiguration
    do {
      configuration = try LokiConfiguration(url: url, job: process.jobName, instance: instance)
    } catch {
      throw SettingsError(Variables.lokiURL, "no se puede usar: \(error)", remedy: "corregila")
    }
    configuration.tenant = try settings.optional(Variables.lokiTenant)
    if let file = settings.file(of: Variables.lokiToken) {
      configuration.credentials = .bearer(tokenFile: file)
    } else if let token = try settings.optional(Variables.lokiToken) {
      configuration.credentials = .inlineBearer(token: token)
    }
    return configuration
  }
}

extension PlatformProcess {
  /// What Prometheus calls it; the process' name where it is not scraped.
  var jobName: String { job?.rawValue ?? name }
}
