import Alerts
import PromQL
import Render
import Routing
import TestSupport
import Testing
import Topology

/// Who is told, and what is muted.
struct RoutingTests {
  private static let channels: [Channel] = [.slack(addressFile: "/slack"), .page(addressFile: "/page")]

  struct Destination: Sendable {
    let severity: String
    let receivers: String
  }

  @Test(arguments: [
    Destination(severity: "critical", receivers: "guardia,slack"), Destination(severity: "high", receivers: "slack"),
    Destination(severity: "medium", receivers: "slack"), Destination(severity: "warning", receivers: "slack"),
  ])
  func amtoolRoutes(_ destination: Destination) async throws {
    let rendering = try LocalRendering(MonitoringSecrets(slackWebhookURL: "http://s", pageWebhookURL: "http://p"))
    let arguments = ["routes", "test", "--config.file=\(rendering.alertmanager)"]
    let text = try await Subprocess.check(
      ["/usr/bin/amtool", "config"] + arguments + ["severity=\(destination.severity)", "alertname=X"])
    #expect(text == destination.receivers + "\n")
  }

  @Test func anEmptyWebhookLeavesItsReceiverOut() async throws {
    for secrets in [MonitoringSecrets(), MonitoringSecrets(slackWebhookURL: "", pageWebhookURL: "")] {
      let rendering = try LocalRendering(secrets)
      let arguments = ["routes", "test", "--config.file=\(rendering.alertmanager)", "severity=critical"]
      #expect(try await Subprocess.check(["/usr/bin/amtool", "config"] + arguments) == Receiver.nobody + "\n")
      try await Subprocess.check(["/usr/bin/amtool", "check-config", rendering.alertmanager])
    }
  }

  @Test func criticalIsToldAtOnce() {
    #expect(Pace.of(.critical).groupWait == 0)
    let repeats = Severity.calling.map { Pace.of($0).repeatInterval }
    #expect(repeats == repeats.sorted())
  }

  @Test func serviceDownMutesTheOthersOfItsService() throws {
    let inhibition = try #require(
      Routing(channels: Self.channels).inhibitions.first { $0.source == ["alertname=\"ServiceDown\""] })
    #expect(inhibition.targets == ["alertname!=\"ServiceDown\""])
    #expect(inhibition.equal == ["service"])
  }

  /// The rule comes with the first alert that it would mute, without a change in DatabaseDown.
  @Test func databaseDownMutesTheLatencyThatItCauses() throws {
    let database = Alerts.databaseDown
    let alone = Routing(channels: Self.channels, alerts: [database])
    #expect(!alone.inhibitions.contains { $0.source == ["alertname=\"DatabaseDown\""] })
    let latency = Alert(
      "Slow", when: database.expression, for: 5.m, severity: .high, symptom: .latency,
      subject: .eachOf(Platform.services), texts: database.texts, dashboard: .systemOverview, mutes: [],
      runbook: database.runbook, cases: database.cases, drill: database.drill)
    let inhibitions = Routing(channels: Self.channels, alerts: [database, latency]).inhibitions
    let inhibition = try #require(inhibitions.first { $0.source == ["alertname=\"DatabaseDown\""] })
    #expect(inhibition.targets.first == "alertname=~\"Slow\"")
    #expect(inhibition.targets.last?.contains(Job.deposito.rawValue) == true)
  }
}
