import Alerts
import Foundation
import Harness
import Topology

/// A whole platform of the drill's own, brought up through `scripts/deploy.sh` on free ports, and gone afterwards.
///
/// It runs from a copy of what the script reads, so that the `.env.production` of the checkout, with its real database
/// and its real Slack, has no say in it.
package final class PrivateStack: Sendable {
  /// A second `--up` in debug takes some 5 s, the first some 20; a loaded machine gets its time.
  static let upTimeout = Duration.seconds(300)
  static let commandTimeout = Duration.seconds(90)
  /// From the start of Prometheus to the first scrape of everything.
  static let settleTimeout = Duration.seconds(60)

  /// What the script reads of a checkout.
  private static let copied = [
    "scripts", "deploy", "Package.swift", ".env.production.template", "Sources/Model/Topology/Platform.swift",
  ]

  package let stack: Stack
  /// Where every message to Slack arrives.
  package let slack: WebhookReceiver
  private let directory: TemporaryDirectory
  private let environment: [String: String]
  private let binaries: String
  private let root: String

  /// - Parameters:
  ///   - root: a checkout.
  ///   - binaries: holds every executable of the platform.
  ///   - timeDivisor: what every wait of the monitoring is divided by.
  package init(root: String, binaries: String, timeDivisor: Int) throws {
    // As root the platform runs as a user of its own, who has to get in.
    directory = try TemporaryDirectory("drill", owner: nil, mode: 0o755)
    slack = try WebhookReceiver()
    (self.root, self.binaries) = (root, binaries)
    var ports: [String: Int] = [:]
    for port in Port.all { ports[port.name] = try FreePorts.next() }
    let publicURL = "http://127.0.0.1:\(ports[Port.nginxHTTP.name] ?? 0)"
    stack = Stack(
      engine: .local, ports: ports, publicURL: publicURL, stateDirectory: directory.file("state"),
      timeDivisor: timeDivisor)
    var environment = [
      "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": directory.path,
      Variables.slackWebhookURL.name: slack.url, Variables.publicURL.name: publicURL,
    ]
    for (name, number) in ports { environment["\(name)_PORT"] = "\(number)" }
    self.environment = environment
  }

  /// Scratch space that the service user can enter.
  func file(_ name: String) -> String { directory.file(name) }

  /// The copy of the checkout: where a runbook's commands are run.
  private var checkout: String { directory.file("checkout") }

  package func up() async throws {
    try directory.makeDirectory("checkout/Sources/Model/Topology")
    for path in Self.copied {
      try await Subprocess.check(["/usr/bin/cp", "-r", "\(root)/\(path)", "\(checkout)/\(path)"])
    }
    try directory.makeDirectory("state/run")
    _ = try directory.write("\(Platform.stateVersion)\n", to: "state/VERSION")
    _ = try directory.write("\(stack.timeDivisor)\n", to: "state/\(Stack.drillFile)")
    // Swagger UI comes from the network, and no drill looks at it.
    _ = try directory.write("", to: "state/run/assets-failed")
    let output = try await deploy(["--up", "--bin-dir", binaries], within: Self.upTimeout)
    guard output.status == 0 else {
      throw DrillError("deploy.sh --up ended with \(output.status): \(output.standardOutput)\(output.standardError)")
    }
    try await settle()
  }

  package func down() async throws {
    // It never came so far that something could run.
    guard FileManager.default.fileExists(atPath: "\(stack.stateDirectory)/config") else { return }
    let output = try await deploy(["--down"], within: Self.upTimeout)
    guard output.status == 0 else {
      throw DrillError("deploy.sh --down ended with \(output.status): \(output.standardOutput)\(output.standardError)")
    }
  }

  /// Leaves it as it is, for somebody to look at.
  /// - Returns: how to end it.
  package func keep() -> String {
    directory.keep()
    return "\(checkout)/scripts/deploy.sh --down --volumes --yes --state-dir \(stack.stateDirectory)"
  }

  private func deploy(_ arguments: [String], within timeout: Duration) async throws -> Subprocess.Output {
    try await Subprocess.run(
      ["\(checkout)/scripts/deploy.sh"] + arguments + ["--state-dir", stack.stateDirectory], environment: environment,
      timeout: timeout)
  }
}

extension PrivateStack {
  /// A command of a runbook, as an operator runs it: by a shell, in the repository's root.
  /// - Returns: what it printed, on both outputs.
  func run(_ command: Command) async throws -> (status: Int32, text: String) {
    let output = try await Subprocess.run(
      ["/bin/bash", "-c", "cd \(checkout) && \(try command.text(on: stack))"], environment: environment,
      timeout: Self.commandTimeout)
    return (output.status, output.standardOutput + output.standardError)
  }

  func secret(_ name: String) throws -> String {
    try String(contentsOfFile: "\(stack.stateDirectory)/secrets/\(name)", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Speaks to the stack's supervisord, as somebody who wants to break something.
  @discardableResult
  func supervisor(_ arguments: String...) async throws -> String {
    try await Subprocess.run(
      ["/usr/bin/supervisorctl", "-c", "\(stack.stateDirectory)/config/supervisord.conf"] + arguments,
      timeout: Self.commandTimeout
    ).standardOutput
  }

  /// nil while it does not run.
  func pid(of process: PlatformProcess) async throws -> pid_t? {
    let text = try await supervisor("pid", process.name).trimmingCharacters(in: .whitespacesAndNewlines)
    return pid_t(text).flatMap { $0 > 0 ? $0 : nil }
  }

  /// SQL as the database's superuser.
  @discardableResult
  func sql(_ statement: String) async throws -> String {
    try await Subprocess.check(psql + ["-c", statement], environment: try psqlEnvironment(), timeout: .seconds(30))
  }

  var psql: [String] {
    ["/usr/bin/psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
      + ["-p", "\(stack.number(of: .postgres))", "-U", "postgres", "-d", Platform.database]
  }

  func psqlEnvironment() throws -> [String: String] {
    ["PGPASSWORD": try secret(Variables.postgresPassword.name), "PATH": "/usr/bin:/bin"]
  }
}
