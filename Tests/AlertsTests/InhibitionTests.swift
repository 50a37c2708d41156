import Alerts
import Foundation
import PromQL
import Render
import Routing
import TestSupport
import Testing
import Topology

/// A real Alertmanager says which of the alerts posted to it are muted, and which are not.
struct InhibitionTests {
  private struct Listed: Decodable {
    struct Status: Decodable { let inhibitedBy: [String] }
    let labels: [String: String]
    let status: Status
  }

  /// The values of `id` of those that are muted.
  private func muted(_ alerts: [[String: String]]) async throws -> Set<String> {
    let rendering = try LocalRendering(MonitoringSecrets())
    let server = try await AlertmanagerServer.start(configuration: rendering.alertmanager, keeping: rendering.directory)
    let posted = alerts.enumerated().map { ["labels": $1.merging(["id": $1["id"] ?? "\($0)"]) { $1 }] }
    try await server.post(alerts: String(decoding: try JSONEncoder().encode(posted), as: UTF8.self))
    try await Task.sleep(for: .milliseconds(500))
    let text = try await Subprocess.check(["/usr/bin/curl", "-sSf", "\(server.url)/api/v2/alerts"])
    try await server.stop()
    let listed = try JSONDecoder().decode([Listed].self, from: Data(text.utf8))
    #expect(listed.count == alerts.count)
    return Set(listed.filter { !$0.status.inhibitedBy.isEmpty }.compactMap { $0.labels["id"] })
  }

  private func alert(_ name: String, _ service: String? = nil, id: String) -> [String: String] {
    ["alertname": name, "id": id, "severity": "critical"].merging(service.map { ["service": $0] } ?? [:]) { $1 }
  }

  @Test func serviceDownMutesItsOwnServiceAndNothingElse() async throws {
    let found = try await muted([
      alert("ServiceDown", "agente_deposito", id: "source"),
      alert("HighErrorRate", "agente_deposito", id: "errors"),
      alert("HighErrorRate", "agente_negocio", id: "other service"),
      alert("DiskSpaceCritical", id: "no service"), alert("Watchdog", id: "heartbeat"),
    ])
    #expect(found == ["errors"])
  }

  /// Two alerts without the label are equal in it.
  @Test func aServiceDownWithoutServiceMutesNothing() async throws {
    let found = try await muted([
      alert("ServiceDown", id: "source"), alert("Watchdog", id: "heartbeat"), alert("DiskSpaceCritical", id: "disk"),
    ])
    #expect(found == [])
  }

  @Test func databaseDownMutesTheErrorsItCauses() async throws {
    let found = try await muted([
      alert("DatabaseDown", "postgres", id: "source"), alert("HighErrorRate", "agente_deposito", id: "errors"),
      alert("HighErrorRate", "ml_service", id: "needs no database"),
      alert("ServiceDown", "agente_deposito", id: "service"), alert("RedisDown", "redis", id: "redis"),
    ])
    #expect(found == ["errors"])
    #expect(try await muted([alert("HighErrorRate", "agente_deposito", id: "errors")]) == [])
  }
}
