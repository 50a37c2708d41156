import Foundation
import TestSupport

/// A built postgres-exporter of the test's own.
final class ExporterFixture: Sendable {
  static let headerName = "X-Prometheus-Scrape-Timeout-Seconds"

  let port: Int
  private let client: HTTPClient
  let directory: TemporaryDirectory
  let process: ServerProcess

  /// - Parameter url: of the database, which need not be there.
  init(_ url: String, environment: [String: String] = [:]) async throws {
    port = try FreePorts.next()
    client = HTTPClient("http://127.0.0.1:\(port)")
    directory = try TemporaryDirectory("exporter")
    let own = ["DATABASE_URL": url, "POSTGRES_EXPORTER_PORT": "\(port)", "LOG_DIRECTORY": directory.path]
    process = try await ServerProcess(
      "stdout", [try Binaries.path(of: "postgres-exporter")], environment: own.merging(environment) { $1 },
      in: directory)
    try await client.wait(for: "/-/ready")
  }

  /// The exporter ends with this object: tests talk to it through methods, which keep it.
  func send(
    _ method: String, _ path: String, json: String? = nil, headers: [String: String] = [:]
  ) async throws -> HTTPClient.Answer {
    try await client.send(method, path, json: json, headers: headers)
  }

  /// Sends what no HTTP client would, closes its half where asked, and reads to the end.
  func exchange(_ text: String, closing: Bool = true, within timeout: Duration = .seconds(5)) async throws -> String? {
    let connection = try RawConnection(port: port)
    connection.send(text)
    if closing { connection.closeOutput() }
    return try await connection.readToEnd(within: timeout)
  }

  /// - Parameter seconds: what Prometheus would say that it waits.
  func scrape(within seconds: Double = 10) async throws -> Page {
    let answer = try await client.send("GET", "/metrics", headers: [Self.headerName: "\(seconds)"])
    guard answer.status == 200 else { throw TestSupportError("/metrics answered \(answer.status)") }
    return Page(answer.text)
  }

  /// Scrapes until the target is up.
  func waitUntilUp() async throws {
    for _ in 0..<100 {
      if try await scrape().value("pg_up") == 1 { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw TestSupportError("pg_up stays 0: \(try log())")
  }

  func log() throws -> String { try String(contentsOfFile: directory.file("stdout.log"), encoding: .utf8) }

  func logLines(_ level: String) throws -> [Substring] {
    try log().split(separator: "\n").filter { $0.contains("\"level\":\"\(level)\"") }
  }
}

/// Runs a body and says how long it took.
func timed<T>(_ body: () async throws -> T) async rethrows -> (T, Duration) {
  let start = ContinuousClock.now
  let value = try await body()
  return (value, .now - start)
}
