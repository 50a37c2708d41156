import Alerts
import Render
import Routing
import TestSupport
import Testing

/// The table of `amtool config routes test`: who gets what, for every set of channels. What is expected is written down
/// by severity, not read from the tree.
struct RouteTableTests {
  struct Channels: Sendable, CustomTestStringConvertible {
    let slack: Bool
    let pages: Bool
    let heartbeat: Bool
    var testDescription: String { "slack \(slack), pages \(pages), heartbeat \(heartbeat)" }

    static let all = [false, true].flatMap { slack in
      [false, true].flatMap { pages in
        [false, true].map { Channels(slack: slack, pages: pages, heartbeat: $0) }
      }
    }

    func receivers(name: String?, severity: String?) -> String {
      if name == "Watchdog" { return heartbeat ? "latido" : "nadie" }
      return (severity == "critical" && pages ? "guardia," : "") + (slack ? "slack" : "nadie")
    }
  }

  private static let cases: [(name: String?, severity: String?)] =
    Alerts.all.map { ($0.name, $0.severity.rawValue) } + [
      ("Watchdog", "critical"), ("Watchdog", "medium"), ("Watchdog", nil), ("Otra", "warning"), ("Otra", "CRITICAL"),
      ("Otra", nil), (nil, nil), (nil, "critical"), ("NotWatchdog", "high"),
    ]

  @Test(arguments: Channels.all)
  func everyAlertGoesToItsReceivers(_ channels: Channels) async throws {
    let rendering = try LocalRendering(
      MonitoringSecrets(
        slackWebhookURL: channels.slack ? "http://s" : nil, pageWebhookURL: channels.pages ? "http://p" : "",
        heartbeatURL: channels.heartbeat ? "http://h" : ""))
    try await Subprocess.check(["/usr/bin/amtool", "check-config", rendering.alertmanager])
    for (name, severity) in Self.cases {
      let labels = (name.map { ["alertname=\($0)"] } ?? []) + (severity.map { ["severity=\($0)"] } ?? [])
      let found = try await Subprocess.check(
        ["/usr/bin/amtool", "config", "routes", "test", "--config.file=\(rendering.alertmanager)"] + labels)
      #expect(found == channels.receivers(name: name, severity: severity) + "\n", "\(labels)")
    }
  }
}
