import Alerts
import Foundation
import Render
import Routing
import TestSupport
import Testing
import Topology

/// `deploy/local/silence.sh` against a real Alertmanager: the silence is there while a deployment works, and gone after
/// it, however it ends.
struct DeploymentSilenceTests {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private struct Silence: Decodable {
    struct Status: Decodable { let state: String }
    struct Matcher: Decodable {
      let name: String
      let value: String
    }
    let status: Status
    let matchers: [Matcher]
    let startsAt: String
    let endsAt: String
  }

  /// A deployment of these programs, which prints the silences that it sees and ends as told.
  private func deploy(_ programs: String, port: Int, ending end: String) async throws -> Subprocess.Output {
    let rendering = try LocalRendering(MonitoringSecrets())
    let script = """
      set -euo pipefail
      STATE_DIR=$1 REPOSITORY=$2
      declare -A RENDERED_PORT=([alertmanager]=$3)
      source "$REPOSITORY/deploy/local/messages.sh"
      source "$REPOSITORY/deploy/local/silence.sh"
      trap lift_silences EXIT
      trap 'exit 143' TERM
      silence_alerts \(programs) >&2
      curl -s "http://127.0.0.1:$3/api/v2/silences" || true
      \(end)
      """
    let arguments = [rendering.directory.path, Self.repository, "\(port)"]
    return try await Subprocess.run(["/usr/bin/bash", "-c", script, "bash"] + arguments)
  }

  private func silences(_ text: String) throws -> [Silence] {
    try JSONDecoder().decode([Silence].self, from: Data(text.utf8)).filter { $0.status.state == "active" }
  }

  @Test(arguments: [(":", Int32(0)), ("fail 'no anduvo'", 1), ("false", 1), ("kill -TERM $$; sleep 5", 143)])
  func itIsThereMeanwhileAndGoneAfterwards(_ end: String, _ status: Int32) async throws {
    let rendering = try LocalRendering(MonitoringSecrets())
    let server = try await AlertmanagerServer.start(configuration: rendering.alertmanager, keeping: rendering.directory)
    let output = try await deploy("agente-deposito", port: server.port, ending: end)
    #expect(output.status == status, "\(output.standardError)")
    let meanwhile = try silences(output.standardOutput)
    #expect(meanwhile.count == 1)
    let matchers = Dictionary(uniqueKeysWithValues: (meanwhile.first?.matchers ?? []).map { ($0.name, $0.value) })
    #expect(matchers["service"]?.split(separator: "|").contains("agente_deposito") == true)
    let names = matchers["alertname"]?.split(separator: "|").map(String.init) ?? []
    #expect(names.contains("ServiceDown") && names.contains("HighErrorRate"))
    #expect(!names.contains("DatabaseDown") && !names.contains("RedisDown"))
    let begin = try Date(
      meanwhile.first?.startsAt ?? "", strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    let last = try Date(
      meanwhile.first?.endsAt ?? "", strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    #expect(abs(last.timeIntervalSince(begin) - 600) < 30)
    let after = try await Subprocess.check(["/usr/bin/curl", "-sSf", "\(server.url)/api/v2/silences"])
    #expect(try silences(after).isEmpty)
    try await server.stop()
  }

  /// Alertmanager drops what ends in a silence: whoever mends a service by `--restart` has to hear that it is over.
  @Test func whatFiresAlreadyIsToldAsEver() async throws {
    let rendering = try LocalRendering(MonitoringSecrets())
    let server = try await AlertmanagerServer.start(configuration: rendering.alertmanager, keeping: rendering.directory)
    func alert(_ name: String, _ service: String) -> String {
      #"{"labels": {"alertname": "\#(name)", "service": "\#(service)", "severity": "critical"}}"#
    }
    // LogVolumeSpike fires too, of a service that this restart does not concern.
    let alerts = [alert("ServiceDown", "agente_deposito"), alert("LogVolumeSpike", "node_exporter")]
    try await server.post(alerts: "[\(alerts.joined(separator: ", "))]")
    let output = try await deploy("agente-deposito", port: server.port, ending: ":")
    let silences = try silences(output.standardOutput)
    #expect(silences.count == 1, "\(output)")
    let names = silences.first?.matchers.first { $0.name == "alertname" }?.value.split(separator: "|") ?? []
    #expect(!names.contains("ServiceDown"))
    #expect(names.contains("HighErrorRate") && names.contains("LogVolumeSpike"))

    // Where all of it fires there is nothing left to be silent about.
    let both = ["LogVolumeSpike", "DeploymentIssue"].map { alert($0, "node_exporter") }
    try await server.post(alerts: "[\(both.joined(separator: ", "))]")
    let none = try await deploy("node-exporter", port: server.port, ending: ":")
    #expect(none.standardOutput.contains("node_exporter") == false, "\(none)")
    #expect(none.standardError == "")
    try await server.stop()
  }

  @Test func withoutAnAlertmanagerTheDeploymentGoesOn() async throws {
    let output = try await deploy("agente-deposito postgres", port: try FreePorts.next(), ending: "echo done")
    #expect(output.status == 0)
    #expect(output.standardOutput == "done\n")
    #expect(output.standardError == "")
  }

  @Test func theDatabasesRestartHidesTheDatabase() throws {
    let silence = try #require(DeploymentSilence(of: Platform.postgres, among: Alerts.all))
    #expect(silence.matchers.first?.value.contains("DatabaseDown") == true)
    #expect(silence.matchers.first?.value.contains("HighErrorRate") == true)
    #expect(silence.matchers.first?.value.contains("ServiceDown") == false)
    #expect(silence.matchers.last?.value.contains("agente_deposito") == true)
    // What its start may look like. TargetDown is the monitoring's own, and is never silenced.
    let exporter = try #require(DeploymentSilence(of: Platform.nodeExporter, among: Alerts.all))
    #expect(exporter.matchers.first?.value == "LogVolumeSpike|DeploymentIssue")
    #expect(exporter.matchers.last?.value == "node_exporter")
  }
}
