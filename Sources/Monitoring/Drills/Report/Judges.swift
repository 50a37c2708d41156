import Alerts
import Harness
import Render
import Topology

/// What the checkers of Prometheus and Alertmanager say: Debian's rendering whole, docker's less its newer keys, and
/// each alert's cases.
package enum Judges {
  static let timeout = Duration.seconds(600)

  /// One claim, and what speaks against it.
  package struct Verdict: Sendable {
    package let claim: String
    /// Empty where it holds.
    package let problems: String

    package init(_ claim: String, problems: String) { (self.claim, self.problems) = (claim, problems) }
  }

  package static func verdicts() async throws -> [Verdict] {
    let directory = try TemporaryDirectory("prove", owner: nil)
    for file in try Committed.files() { try write(file, to: "docker", in: directory, NewerKeys.removed) }
    let stack = Stack(engine: .local, stateDirectory: directory.file("local"))
    let secrets = MonitoringSecrets(slackWebhookURL: "http://127.0.0.1/slack", pageWebhookURL: "http://127.0.0.1/page")
    for file in try LocalMonitoring.files(for: stack, secrets: secrets) { try write(file, to: "local", in: directory) }
    try directory.makeDirectory("local/secrets")
    _ = try directory.write("http://127.0.0.1/slack\n", to: "local/secrets/\(Variables.slackWebhookURL.name)")
    func judge(_ claim: String, _ command: String...) async throws -> Verdict {
      let output = try await Subprocess.run(command, timeout: timeout)
      return Verdict(claim, problems: output.status == 0 ? "" : output.standardOutput + output.standardError)
    }
    let (docker, local) = (directory.file("docker/observability"), directory.file("local"))
    let tests = Alerts.all.map { "\(docker)/prometheus/rules/tests/\($0.name).yml" }
    let cases = try await Subprocess.run(["/usr/bin/promtool", "test", "rules"] + tests, timeout: timeout)
    return [
      try await judge(
        "promtool reads Debian's rendering", "/usr/bin/promtool", "check", "config",
        "\(local)/prometheus/prometheus.yml"),
      try await judge(
        "amtool reads Debian's rendering", "/usr/bin/amtool", "check-config", "\(local)/alertmanager/alertmanager.yml"),
      try await judge(
        "promtool reads docker's rendering, less \(NewerKeys.prometheus.joined(separator: ", "))", "/usr/bin/promtool",
        "check", "config", "\(docker)/prometheus/prometheus.yml"),
      try await judge(
        "amtool reads docker's rendering, less \(NewerKeys.alertmanager.joined(separator: ", "))", "/usr/bin/amtool",
        "check-config", "\(docker)/alertmanager/alertmanager.yml"),
      Verdict(
        "promtool finds every case of \(tests.count) alerts as declared",
        problems: cases.status == 0 ? "" : cases.standardOutput + cases.standardError),
    ]
  }

  private static func write(
    _ file: RenderedFile, to folder: String, in directory: TemporaryDirectory, _ change: (String) -> String = { $0 }
  ) throws {
    let path = "\(folder)/\(file.path)"
    try directory.makeDirectory(path.split(separator: "/").dropLast().joined(separator: "/"))
    _ = try directory.write(change(file.contents), to: path)
  }
}
