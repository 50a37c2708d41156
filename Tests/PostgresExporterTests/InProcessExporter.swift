import Catalog
import ExporterKit
import Logging
import MetricModel
import Postgres
import Settings
import Synchronization
import Telemetry
import TestSupport

@testable import PostgresExporter

/// The exporter without its process: what a scrape of its sources puts on the page, and what it logs.
struct InProcessExporter {
  let main: (any ScrapeSource)?
  let probe: (any ProbeSource)?
  let log: CapturedLog

  /// As the command line and the environment have it.
  init(_ environment: [String: String], arguments: [String] = []) throws {
    let log = CapturedLog()
    let application = PostgresExporterApplication()
    let collectors = CollectorFlags(application.collectors)
    let flags = try FlagValues(arguments, flags: application.flags + collectors.all, environment: environment)
    let sources = try application.makeSources(
      ExporterOptions(
        flags: flags, settings: Settings(environment: environment), enabledCollectors: collectors.enabled(flags)),
      logger: log.logger)
    (main, probe, self.log) = (sources.main, sources.probe, log)
  }

  /// With collectors of the test's own on these servers.
  init(
    _ urls: [String], _ collectors: [any PostgresCollector], arguments: [String] = []
  ) throws {
    let log = CapturedLog()
    let flags = try FlagValues(arguments, flags: ScrapedDatabases.flags, environment: [:])
    let sources = try urls.map { url in
      let configuration = try PostgresConfiguration(url: url, applicationName: DataSource.applicationName)
      return DataSource(address: configuration.redactedDescription, configuration.place) { _ in configuration }
    }
    let target = PostgresTarget(sources, databases: ScrapedDatabases(flags), logger: log.logger)
    main = Scraper(target, collectors: collectors, name: { $0.name }, logger: log.logger)
    (probe, self.log) = (nil, log)
  }

  /// - Parameter seconds: what Prometheus would say that it waits.
  func scrape(within seconds: Double = 10) async throws -> Page {
    guard let main else { throw TestSupportError("there is no main target") }
    return try await Self.scrape(main, within: seconds)
  }

  static func scrape(_ source: any ScrapeSource, within seconds: Double = 10) async throws -> Page {
    let batch = try await source.scrape(ScrapeRequest(ScrapeBudget(header: "\(seconds)")))
    return Page(String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self))
  }
}

/// All that is logged, as lines.
final class CapturedLog: Sendable {
  private struct Handler: LogHandler {
    let log: CapturedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let error = event.error.map { " \($0)" } ?? ""
      log.lines.withLock { $0.append((event.level, "\(event.message) \(event.metadata ?? [:])\(error)")) }
    }
  }

  private let lines = Mutex<[(level: Logger.Level, text: String)]>([])

  var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }
  var text: String { lines.withLock { $0.map(\.text).joined(separator: "\n") } }
  var errors: Int { lines.withLock { $0.count { $0.level == .error } } }
  var notices: Int { lines.withLock { $0.count { $0.level == .notice } } }
}

/// A collector whose statements and answers the test chooses.
struct TestCollector: PostgresCollector {
  let name: String
  var help: String { "" }
  var limit = Duration.seconds(5)
  var scope = CollectorScope.server
  var namesServer = false
  var freshness: Duration?
  var sql: @Sendable (ServerFacts) -> [String] = { _ in ["SELECT 1"] }

  /// `test_NAME{datname, server}`: the first column of the last answer's first row.
  func statements(for server: ServerFacts) -> [Statement] {
    sql(server).enumerated().map { Statement("\(name)_\($0.offset)", $0.element) }
  }

  func read(_ answers: [QueryResult], from session: PostgresSession, into batch: inout SampleBatch) throws {
    guard let row = answers.last?.first else { return }
    let family = FamilyDescriptor(
      name: "test_\(name)", help: "", kind: .gauge, unit: nil,
      labelNames: [DatabaseName.labelName, ServerLabel.labelName], use: .notNeeded("a test's"))
    batch.add(
      family, labelValues: [session.facts.database, session.server.labelValue], try row.decode(0, as: Double.self))
  }
}
