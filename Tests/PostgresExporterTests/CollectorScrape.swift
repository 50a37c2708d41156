import ExporterKit
import Foundation
import Logging
import Postgres
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
    let exporter = try InProcessExporter(["DATABASE_URL": url], arguments: arguments)
    let page = try await exporter.scrape(within: 20)
    await exporter.main?.close()
    return page
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
    var configuration = try PostgresConfiguration(
      url: server.url(database: database), applicationName: applicationName)
    // The machine starts a dozen servers at the same time.
    configuration.connectTimeout = .seconds(30)
    let connection = try await PostgresConnection.connect(
      configuration, deadline: .now + .seconds(30), logger: Logger(label: "tests"))
    for script in scripts { try await connection.execute(script: script, deadline: .now + .seconds(30)) }
    return connection
  }
}

/// Writes into a pipe that somebody reads. Whoever waits for what is read by then gets it; the next one waits again.
func feed(_ pipe: String, _ text: String) {
  let descriptor = open(pipe, O_WRONLY | O_NONBLOCK)
  guard descriptor >= 0 else { return }
  _ = write(descriptor, text, text.utf8.count)
  close(descriptor)
}

/// Asks until the answer is not nil.
func eventually<T>(_ question: () async throws -> T?) async throws -> T {
  for _ in 0..<200 {
    if let answer = try await question() { return answer }
    try await Task.sleep(for: .milliseconds(50))
  }
  throw TestSupportError("it does not happen")
}
