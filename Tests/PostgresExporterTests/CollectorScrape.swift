import ExporterKit
import Foundation
import Logging
import Postgres
import PostgresExporter
import Settings
import Telemetry
import TestSupport

/// A scrape by a few collectors in this process, as the exporter would do it, without its page's server.
enum CollectorScrape {
  /// - Parameters:
  ///   - collectors: beside `up`, which a scrape begins with.
  ///   - flags: the collectors' own.
  static func page(_ collectors: String..., of url: String, flags: [String] = []) async throws -> Page {
    try await page(
      ["--collector.disable-defaults", "--collector.up"] + collectors.map { "--collector.\($0)" } + flags, url)
  }

  /// All that is on where no flag says otherwise.
  static func defaults(of url: String, flags: [String] = []) async throws -> Page { try await page(flags, url) }

  private static func page(_ arguments: [String], _ url: String) async throws -> Page {
    let application = PostgresExporterApplication()
    let collectors = CollectorFlags(application.collectors)
    let flags = try FlagValues(arguments, flags: application.flags + collectors.all, environment: [:])
    let options = ExporterOptions(
      flags: flags, settings: Settings(environment: ["DATABASE_URL": url]), enabledCollectors: collectors.enabled(flags)
    )
    let sources = try application.makeSources(options, logger: Logger(label: "tests"))
    guard let main = sources.main else { throw TestSupportError("there is nothing to scrape") }
    let batch = try await main.scrape(ScrapeRequest(ScrapeBudget(header: "20")))
    await main.close()
    return Page(String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self))
  }
}

extension Page {
  /// The values of all series of the family, by one label's value.
  func values(_ name: String, by label: String) -> [String: Double] {
    Dictionary(
      values.filter { $0.key.name == name }.map { ($0.key.labels[label] ?? "", $0.value) }, uniquingKeysWith: { $1 })
  }
}

/// A session that a test holds open, with whatever its transaction holds.
enum HeldSession {
  static func open(
    _ server: PostgresServer, _ database: String, _ scripts: String..., applicationName: String = "held"
  ) async throws -> PostgresConnection {
    let configuration = try PostgresConfiguration(
      url: server.url(database: database), applicationName: applicationName)
    let connection = try await PostgresConnection.connect(
      configuration, deadline: .now + .seconds(10), logger: Logger(label: "tests"))
    for script in scripts { try await connection.execute(script: script, deadline: .now + .seconds(30)) }
    return connection
  }
}

/// Asks until the answer is not nil.
func eventually<T>(_ question: () async throws -> T?) async throws -> T {
  for _ in 0..<200 {
    if let answer = try await question() { return answer }
    try await Task.sleep(for: .milliseconds(50))
  }
  throw TestSupportError("it does not happen")
}
