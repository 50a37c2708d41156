import Foundation
import TestSupport
import Topology

/// Just what `scripts/deploy.sh` reads of a clone, in a folder of the test's own: it can have its own `.env.production`
/// and nothing that it does touches the real one. Its product, one executable, is an empty script.
struct CloneUnderTest {
  let directory: TemporaryDirectory
  let ports: [String: Int]

  init() async throws {
    directory = try TemporaryDirectory("clone")
    chmod(directory.path, 0o755)
    var ports: [String: Int] = [:]
    for port in Port.all { ports[port.variable.name] = try FreePorts.next() }
    self.ports = ports
    try directory.makeDirectory("Sources/Model/Topology")
    try directory.makeDirectory("bin")
    for path in ["scripts", "deploy", ".env.production.template", "Sources/Model/Topology/Platform.swift"] {
      try await Subprocess.check(
        ["/usr/bin/cp", "-r", "\(PlatformUnderTest.repository)/\(path)", directory.file(path)])
    }
    _ = try directory.write("    .executable(name: \"observability\", targets: []),\n", to: "Package.swift")
    chmod(try directory.write("#!/bin/sh\n", to: "bin/observability"), 0o755)
  }

  /// In the clone, so that one test's files go together.
  var state: String { directory.file("state") }

  func writeEnvironment(_ text: String) throws { _ = try directory.write(text, to: ".env.production") }

  /// - Parameter environment: nothing else is in the process' environment, besides a short PATH as cron's and the ports.
  /// - Parameter prefix: the words before the script's.
  func deploy(
    _ arguments: [String], _ environment: [String: String] = [:], through prefix: [String] = []
  ) async throws -> Answer {
    var variables = ["PATH": "/usr/bin:/bin", "HOME": directory.path]
    for (name, port) in ports { variables[name] = "\(port)" }
    let output = try await Subprocess.run(
      prefix + ["\(directory.path)/scripts/deploy.sh"] + arguments, environment: variables.merging(environment) { $1 },
      timeout: .seconds(60))
    return Answer(
      status: output.status, output: output.standardOutput,
      errors: output.standardError.split(separator: "\n").map(String.init))
  }

  /// `--up` with executables that are there, so that nothing is compiled.
  func up(_ environment: [String: String] = [:], state: String? = nil) async throws -> Answer {
    try await deploy(
      ["--up", "--state-dir", state ?? self.state, "--bin-dir", directory.file("bin")], environment)
  }

  struct Answer {
    let status: Int32
    let output: String
    /// What stands on standard error, a line each.
    let errors: [String]
  }
}
