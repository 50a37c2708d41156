import Foundation

/// A real Alertmanager of Debian's on 127.0.0.1. It ends with the test process at the latest.
package final class AlertmanagerServer: Sendable {
  package static let executable = "/usr/bin/prometheus-alertmanager"
  static let startTimeout = Duration.seconds(30)

  package let port: Int
  private let directory: TemporaryDirectory
  private let process: ServerProcess

  package var url: String { "http://127.0.0.1:\(port)" }

  private let kept: TemporaryDirectory?

  /// - Parameters:
  ///   - configuration: the absolute path of an `alertmanager.yml` that anybody can read.
  ///   - kept: lives as long as the server.
  package static func start(
    configuration: String, keeping kept: TemporaryDirectory? = nil
  ) async throws -> AlertmanagerServer {
    let (port, directory) = (try FreePorts.next(), try TemporaryDirectory("alertmanager"))
    let process = try await ServerProcess(
      "alertmanager",
      [
        executable, "--config.file=\(configuration)", "--storage.path=\(directory.file("data"))",
        "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
      ], in: directory, unprivileged: true)
    let server = AlertmanagerServer(port: port, directory: directory, process: process, kept: kept)
    try await server.becomeReady()
    return server
  }

  private init(port: Int, directory: TemporaryDirectory, process: ServerProcess, kept: TemporaryDirectory?) {
    self.kept = kept
    self.port = port
    self.directory = directory
    self.process = process
  }

  package func stop() async throws { try await process.stop() }

  /// Alerts as Prometheus sends them, in the JSON of its API v2.
  package func post(alerts json: String) async throws {
    try await Subprocess.check(
      ["/usr/bin/curl", "-sSf", "-H", "Content-Type: application/json", "--data-binary", "@-", "\(url)/api/v2/alerts"],
      input: json)
  }

  private func becomeReady() async throws {
    let end = ContinuousClock.now + Self.startTimeout
    while try await Subprocess.run(["/usr/bin/curl", "-sf", "\(url)/-/ready"]).status != 0 {
      guard process.isRunning, .now < end else {
        let log = try? String(contentsOfFile: directory.file("alertmanager.log"), encoding: .utf8)
        throw TestSupportError("Alertmanager does not start: \(log ?? "")")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
