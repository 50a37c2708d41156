import Foundation
import TestSupport
import Topology

/// The whole platform through `scripts/deploy.sh`, on ports and a state directory of the test's own.
final class PlatformUnderTest: Sendable {
  static let repository: String = {
    // Tests/EndToEnd/Platform.swift
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }()

  let directory: TemporaryDirectory
  let ports: [String: Int]
  private let environment: [String: String]

  var state: String { directory.file("state") }

  init(_ extra: [String: String]) throws {
    directory = try TemporaryDirectory("e2e")
    // As root the platform runs as a user of its own, who has to get in.
    chmod(directory.path, 0o755)
    var ports: [String: Int] = [:]
    for port in Port.all { ports[port.name] = try FreePorts.next() }
    self.ports = ports
    var environment = ["PATH": "/usr/bin:/bin", "HOME": directory.path].merging(extra) { $1 }
    for (name, number) in ports { environment["\(name)_PORT"] = "\(number)" }
    self.environment = environment
  }

  /// Divides every wait of the monitoring, as a drill does.
  func compressTime(by divisor: Int) throws {
    try directory.makeDirectory("state")
    _ = try directory.write("\(Topology.Platform.stateVersion)\n", to: "state/VERSION")
    _ = try directory.write("\(divisor)\n", to: "state/\(Stack.drillFile)")
  }

  /// - Parameters:
  ///   - extra: variables beside the stack's own.
  ///   - seconds: after which it is interrupted, with exit code 124.
  func deploy(
    _ arguments: [String], _ extra: [String: String] = [:], within seconds: Int = 300
  ) async throws -> Subprocess.Output {
    try await Subprocess.run(
      ["/usr/bin/timeout", "\(seconds)", "\(Self.repository)/scripts/deploy.sh"] + arguments + ["--state-dir", state],
      environment: environment.merging(extra) { $1 }, timeout: .seconds(seconds + 60))
  }

  func up(
    _ extra: [String: String] = [:], binaries: String = Binaries.directory
  ) async throws -> Subprocess.Output {
    try await deploy(["--up", "--bin-dir", binaries], extra)
  }

  /// Directories of this stack's control groups, in every hierarchy.
  var controlGroups: [String] {
    let name = "minimarket-" + state.split(separator: "/").joined(separator: "-").suffix(50)
    let hierarchies = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/fs/cgroup")) ?? []
    return ([""] + hierarchies).map { "/sys/fs/cgroup/\($0)/\(name)" }.filter(FileManager.default.fileExists)
  }

  func url(_ port: Topology.Port) -> String { "http://127.0.0.1:\(ports[port.name] ?? 0)" }

  func secret(_ name: String) throws -> String {
    try String(contentsOfFile: "\(state)/secrets/\(name)", encoding: .utf8).trimmingCharacters(in: .newlines)
  }

  /// Speaks to the stack's supervisord, as an operator would to break something.
  @discardableResult
  func supervisor(_ arguments: String...) async throws -> String {
    try await Subprocess.run(
      ["/usr/bin/supervisorctl", "-c", "\(state)/config/supervisord.conf"] + arguments, timeout: .seconds(60)
    ).standardOutput
  }

  func pid(of program: String) async throws -> pid_t {
    let text = try await supervisor("pid", program).trimmingCharacters(in: .whitespacesAndNewlines)
    guard let pid = pid_t(text), pid > 0 else { throw TestSupportError("\(program) has no pid: \(text)") }
    return pid
  }

  /// SQL as the database's superuser, over its socket.
  func psql(_ sql: String) async throws -> String {
    let password = try secret("POSTGRES_PASSWORD")
    return try await Subprocess.check(
      ["/usr/bin/psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
        + ["-p", "\(ports[Port.postgres.name] ?? 0)", "-U", "postgres", "-d", Topology.Platform.database, "-c", sql],
      environment: ["PGPASSWORD": password, "PATH": "/usr/bin:/bin"]
    ).trimmingCharacters(in: .newlines)
  }

  /// Polls Prometheus until the query has one sample of this value.
  func wait(for query: String, toBe value: Double, within timeout: Duration) async throws {
    let client = HTTPClient(url(.prometheus))
    let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let end = ContinuousClock.now + timeout
    var last = ""
    while .now < end {
      let answer = try await client.send("GET", "/api/v1/query?query=\(escaped)")
      last = answer.text
      let samples = answer.json["data"]?["result"]?.array ?? []
      if samples.count == 1, samples[0]["value"]?.array?.last?.string.flatMap({ Double($0) }) == value { return }
      try await Task.sleep(for: .milliseconds(250))
    }
    throw TestSupportError("\(query) did not become \(value) within \(timeout): \(last)")
  }
}
