import Alerts
import Foundation
import Render
import Testing
import Topology

@testable import Drills

/// What is drilled where, and what of a stack's time is compressed.
@Suite struct PlanTests {
  @Test func whatDisturbsEachOtherRunsOneAfterAnother() {
    let batches = DrillBatches.of(Alerts.all.filter(\.drill.isPerformed)).map { Set($0.map(\.name)) }
    for pair in [
      // Both are mended by deploy.sh, which starts what the other has stopped.
      ["ServiceDown", "RedisDown"],
      // Without the database every request is an error.
      ["DatabaseDown", "HighErrorRate"],
      ["HighLatency", "SlowRequests"],
      // One control group of that name on a machine.
      ["MemoryPressure", "CPUHigh"],
    ] {
      #expect(!batches.contains { $0.isSuperset(of: pair) }, "\(pair)")
    }
    #expect(batches.contains { $0.isSuperset(of: ["ServiceDown", "DiskSpaceCritical"]) })
    #expect(batches.reduce(0) { $0 + $1.count } == Alerts.all.filter(\.drill.isPerformed).count)
  }

  @Test func everyAlertIsDrilledOrMissingByName() {
    let plan = DrillPlan(Alerts.all)
    let names = plan.lanes.joined().map(\.name) + plan.missing.map(\.alert.name)
    #expect(Set(names) == Set(Alerts.all.map(\.name)) && names.count == Alerts.all.count)
    let missing = Dictionary(uniqueKeysWithValues: plan.missing.map { ($0.alert.name, $0.reason) })
    #expect(missing["OCRTimeoutSpike"] == "waits for agente-negocio")
    #expect(missing["MLModelDrift"] == "waits for ml-service")
    #expect(
      missing["PrometheusNotificationsDropped"]
        == "shares its fault with PrometheusErrorSendingAlertsToAnyAlertmanager, which mutes it")
    // Of the sixteen, only what waits for a service.
    for alert in Alerts.platform {
      if let reason = missing[alert.name] { #expect(reason.hasPrefix("waits for "), "\(alert.name)") }
    }
  }

  @Test func onlyWaitsAreCompressed() throws {
    func files(_ divisor: Int) throws -> [String: String] {
      let stack = Stack(engine: .local, stateDirectory: "/state", timeDivisor: divisor)
      let files = try LocalMonitoring.files(for: stack, secrets: MonitoringSecrets(slackWebhookURL: "http://s"))
      return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.contents) })
    }
    let (usual, hasty) = (try files(1), try files(60))
    // And the shop's hours, in which a medium alert is told: a drill at night waits for no morning.
    let waits = #/(for|interval|scrape_timeout|group_wait|start_time|end_time): |- monday:saturday|- sunday:saturday/#
    for (path, text) in usual {
      let lines = zip(text.split(separator: "\n"), (hasty[path] ?? "").split(separator: "\n"))
      for (before, after) in lines where before != after {
        #expect(before.contains(waits) && after.contains(waits), "\(path): \(before) → \(after)")
      }
    }
    #expect(hasty["prometheus/prometheus.yml"]?.contains("scrape_interval: 1s") == true)
    #expect(hasty["prometheus/rules/minimarket.yml"]?.contains("for: 2s") == true)
    #expect(hasty["alertmanager/alertmanager.yml"]?.contains("sunday:saturday") == true)
  }

  @Test func thePastOfALogStormIsAQuietDay() throws {
    let text = try #require(Drill.stormLog(Platform.deposito).history(before: Date(timeIntervalSince1970: 100_000)))
    let lines = text.split(separator: "\n")
    #expect(lines.first == "# TYPE job:log_messages:rate5m gauge")
    // Eight hours of minutes, of three series, under a line each.
    #expect(lines.count == 3 * (8 * 60 + 1))
    #expect(lines[1] == #"job:log_messages:rate5m{job="agente_deposito"} 2.0 71200"#)
    // What the rules look back on.
    #expect(lines.contains("# TYPE job:log_messages:rate1h gauge"))
    #expect(Drill.stop(Platform.deposito).history(before: .now) == nil)
  }
}
