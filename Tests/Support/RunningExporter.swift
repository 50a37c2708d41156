import Foundation

/// A built exporter of the test's own, on a free port of 127.0.0.1. It ends with this object.
package final class RunningExporter: Sendable {
  package static let timeoutHeader = "X-Prometheus-Scrape-Timeout-Seconds"

  package let port: Int
  package let directory: TemporaryDirectory
  package let process: ServerProcess
  private let client: HTTPClient

  /// - Parameters:
  ///   - arguments: beside the address.
  ///   - readyPath: polled until it answers; nil: until it listens.
  ///   - directory: the working directory is another; nil: one of its own.
  package init(
    _ name: String, _ arguments: [String] = [], environment: [String: String] = [:], waitsForReady: Bool = true,
    in directory: TemporaryDirectory? = nil
  ) async throws {
    let (port, directory) = (try FreePorts.next(), try directory ?? TemporaryDirectory(name))
    (self.port, self.directory) = (port, directory)
    client = HTTPClient("http://127.0.0.1:\(port)")
    process = try await ServerProcess(
      "stdout", [try Binaries.path(of: name), "--web.listen-address=127.0.0.1:\(port)"] + arguments,
      environment: environment, in: directory)
    if waitsForReady { try await client.wait(for: "/-/ready") } else { try await waitUntilListening() }
  }

  private func waitUntilListening() async throws {
    for _ in 0..<400 {
      if (try? RawConnection(port: port)) != nil { return }
      try await Task.sleep(for: .milliseconds(25))
    }
    throw TestSupportError("nobody listens on \(port): \(log)")
  }

  /// Tests talk to it through methods, which keep it.
  package func send(
    _ method: String, _ path: String, json: String? = nil, headers: [String: String] = [:]
  ) async throws -> HTTPClient.Answer {
    try await client.send(method, path, json: json, headers: headers)
  }

  /// Sends what no HTTP client would, closes its half where asked, and reads to the end; nil where there is none.
  package func exchange(
    _ text: String, closing: Bool = true, within timeout: Duration = .seconds(5)
  ) async throws -> String? {
    let connection = try RawConnection(port: port)
    connection.send(text)
    if closing { connection.closeOutput() }
    return try await connection.readToEnd(within: timeout)
  }

  /// What it wrote to its output.
  package var log: String { (try? String(contentsOfFile: directory.file("stdout.log"), encoding: .utf8)) ?? "" }

  /// Of `/proc/PID/status`, in KiB.
  package var residentKibibytes: Int {
    let status = (try? String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)) ?? ""
    return status.firstMatch(of: /VmRSS:\s+(\d+)/).flatMap { Int($0.1) } ?? 0
  }

  package var openDescriptors: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.pid)/fd"))?.count ?? 0
  }
}
