import Foundation

/// A real Prometheus of Debian's on 127.0.0.1, with a database of its own. It ends with the test process at the latest.
package final class PrometheusServer: Sendable {
  package static let executable = "/usr/bin/prometheus"
  static let startTimeout = Duration.seconds(30)

  package let port: Int
  /// Holds `prometheus.yml`, the data and `prometheus.log`.
  package let directory: TemporaryDirectory
  private let process: ServerProcess

  package var url: String { "http://127.0.0.1:\(port)" }

  /// - Parameters:
  ///   - configuration: the text of `prometheus.yml`; relative paths in it start at `directory`.
  ///   - features: for `--enable-feature`, separated by commas.
  package static func start(
    configuration: String = "{}", features: String = "exemplar-storage"
  ) async throws -> PrometheusServer {
    let (port, directory) = (try FreePorts.next(), try TemporaryDirectory("prometheus"))
    let file = try directory.write(configuration, to: "prometheus.yml")
    let process = try await ServerProcess(
      "prometheus",
      [
        executable, "--config.file=\(file)", "--storage.tsdb.path=\(directory.file("data"))",
        "--web.listen-address=127.0.0.1:\(port)", "--enable-feature=\(features)",
      ], in: directory, unprivileged: true)
    let server = PrometheusServer(port: port, directory: directory, process: process)
    try await server.becomeReady()
    return server
  }

  private init(port: Int, directory: TemporaryDirectory, process: ServerProcess) {
    self.port = port
    self.directory = directory
    self.process = process
  }

  package func stop() async throws { try await process.stop() }

  /// The `data` of an answer of its API.
  /// - Parameter parameters: URL-encoded here.
  package func data(of path: String, _ parameters: [String: String] = [:]) async throws -> Any {
    let arguments = parameters.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] }
    let text = try await Subprocess.check(["/usr/bin/curl", "-sS", "--get", "\(url)\(path)"] + arguments)
    let answer = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    guard let data = answer?["data"] else { throw TestSupportError("\(path) \(parameters): \(text)") }
    return data
  }

  /// The expression as Prometheus itself writes it.
  package func formatted(_ expression: String) async throws -> String {
    guard let text = try await data(of: "/api/v1/format_query", ["query": expression]) as? String else {
      throw TestSupportError("format_query answers no text")
    }
    return text
  }

  private func becomeReady() async throws {
    let end = ContinuousClock.now + Self.startTimeout
    while try await Subprocess.run(["/usr/bin/curl", "-sf", "\(url)/-/ready"]).status != 0 {
      guard process.isRunning, .now < end else {
        let log = try? String(contentsOfFile: directory.file("prometheus.log"), encoding: .utf8)
        throw TestSupportError("Prometheus does not start: \(log ?? "")")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
