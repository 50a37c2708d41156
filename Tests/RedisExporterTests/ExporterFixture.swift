import ExporterKit
import Logging
import MetricModel
import Redis
import Settings
import Synchronization
import Telemetry

@testable import RedisExporter

/// The exporter without its web server, as the command line makes it.
final class ExporterFixture: Sendable {
  let main: (any ScrapeSource)?
  let probe: (any ProbeSource)?
  let log = LogStore()

  /// - Parameters:
  ///   - url: of the server, which need not be there; nil for none.
  ///   - flags: `--check-keys=a*` and the like.
  init(_ url: String?, _ flags: [String] = [], environment: [String: String] = [:]) throws {
    let application = RedisExporterApplication()
    let collectors = CollectorFlags(application.collectors)
    let values = try FlagValues(
      ["--redis.addr=\(url ?? "")"] + flags,
      flags: application.flags + collectors.all + application.absentFlags.map(\.flag), environment: environment)
    try AbsentFlag.refuse(application.absentFlags, values)
    let options = ExporterOptions(
      flags: values, settings: Settings(environment: environment), enabledCollectors: collectors.enabled(values))
    let log = log
    let logger = Logger(label: "test") { _ in StoringLogHandler(store: log) }
    let sources = try application.makeSources(options, logger: logger)
    (main, probe) = (sources.main, sources.probe)
  }

  /// - Parameter seconds: what Prometheus would say that it waits.
  func scrape(within seconds: Double = 10) async throws -> Reading {
    guard let main else { return Reading(SampleBatch()) }
    return Reading(try await main.scrape(ScrapeRequest(ScrapeBudget(header: "\(seconds)"))))
  }

  /// What `/scrape` answers, or why it does not.
  func probe(_ items: (String, String)...) async throws -> Reading {
    guard let probe else { return Reading(SampleBatch()) }
    let source = try await probe.source(for: items.map { (name: $0.0, value: $0.1) })
    return Reading(try await source.scrape(ScrapeRequest(ScrapeBudget(header: "10"))))
  }

  func close() async {
    await main?.close()
    await probe?.close()
  }
}

/// What a scrape found, as a test looks at it.
struct Reading {
  let batch: SampleBatch
  init(_ batch: SampleBatch) { self.batch = batch }

  var names: Set<String> { Set(batch.families.map(\.descriptor.name)) }

  /// Values of the series that have these label values among theirs.
  func values(_ name: String, _ labels: String...) -> [Double] {
    batch.families.filter { $0.descriptor.name == name }.flatMap(\.samples)
      .filter { sample in labels.allSatisfy(sample.labelValues.contains) }.map(\.value)
  }

  func value(_ name: String, _ labels: String...) -> Double? {
    batch.families.filter { $0.descriptor.name == name }.flatMap(\.samples)
      .first { sample in labels.allSatisfy(sample.labelValues.contains) }?.value
  }

  func distribution(_ name: String, _ label: String) -> Distribution? {
    batch.families.filter { $0.descriptor.name == name }.flatMap(\.distributions)
      .first { $0.labelValues == [label] }?.distribution
  }

  func labelValues(_ name: String) -> [[String]] {
    batch.families.filter { $0.descriptor.name == name }.flatMap(\.samples).map(\.labelValues)
  }

  func success(of collector: String) -> Double? { value("redis_scrape_collector_success", collector) }

  /// The page in text 0.0.4.
  var text: String { String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self) }
}

final class LogStore: Sendable {
  private let stored = Mutex<[(level: Logger.Level, text: String)]>([])
  func add(_ level: Logger.Level, _ text: String) { stored.withLock { $0.append((level, text)) } }
  func lines(_ level: Logger.Level) -> [String] { stored.withLock { $0.filter { $0.level == level }.map(\.text) } }
  var all: [String] { stored.withLock { $0.map(\.text) } }
}

struct StoringLogHandler: LogHandler {
  let store: LogStore
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let error = event.error.map { " \($0)" } ?? ""
    store.add(event.level, "\(event.message) \(event.metadata ?? [:])\(error)")
  }
}

/// Runs a body and says how long it took.
func timed<T>(_ body: () async throws -> T) async rethrows -> (T, Duration) {
  let start = ContinuousClock.now
  let value = try await body()
  return (value, .now - start)
}
