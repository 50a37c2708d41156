import Foundation
import Render
import Routing
import TestSupport
import Testing

/// What is medium waits for the working hours, and is told when they begin.
struct WorkingHoursTests {
  private func alert(_ name: String, _ severity: String) -> String {
    """
    {"labels": {"alertname": "\(name)", "severity": "\(severity)", "service": "s"},
     "annotations": {"summary": "s", "description": "d", "runbook_url": "http://r.example/"}}
    """
  }

  /// The rendered hours, moved so that they begin with the next minute; any day.
  @Test func nothingIsLostAndNothingIsToldBefore() async throws {
    let receiver = try WebhookReceiver()
    let rendering = try LocalRendering(MonitoringSecrets(slackWebhookURL: receiver.url))
    let now = Date.now
    // Far enough away for what must not be told yet.
    let begin = Date(timeIntervalSince1970: ((now.timeIntervalSince1970 + 20) / 60).rounded(.up) * 60)
    let minutes = Int(begin.timeIntervalSince1970) / 60 % 1440
    func clock(_ minutes: Int) -> String { String(format: "%02d:%02d", minutes / 60, minutes % 60) }
    let text = try #require(rendering.files.first { $0.path == "alertmanager/alertmanager.yml" }).contents
    let moved = text.replacing("monday:saturday", with: "sunday:saturday")
      .replacing("America/Argentina/Buenos_Aires", with: "UTC")
      .replacing(/start_time: .*/, with: "start_time: '\(clock(minutes))'")
      .replacing(/end_time: .*/, with: "end_time: '\(minutes >= 1430 ? "24:00" : clock(minutes + 10))'")
      .replacing(/group_wait: \w+/, with: "group_wait: 0s").replacing(/group_interval: \w+/, with: "group_interval: 1s")
    let server = try await AlertmanagerServer.start(
      configuration: rendering.directory.write(moved, to: "config/alertmanager/moved.yml"), keeping: rendering.directory
    )
    try await server.post(alerts: "[\(alert("Tarde", "medium")), \(alert("Ya", "critical"))]")
    let first = try await receiver.bodies(1)
    #expect(first.allSatisfy { $0.contains("Ya") })
    let all = try await receiver.bodies(2, within: .seconds(110))
    #expect(Date.now >= begin || begin.timeIntervalSince(now) < 5)
    #expect(all.last?.contains("Tarde") == true)
    try await server.stop()
  }

  @Test func theHoursAreTheShops() throws {
    let text = try LocalRendering(MonitoringSecrets()).files.first { $0.path == "alertmanager/alertmanager.yml" }?
      .contents
    #expect(text?.contains("location: America/Argentina/Buenos_Aires") == true)
    #expect(text?.ranges(of: "active_time_intervals:").count == 1)
  }
}
