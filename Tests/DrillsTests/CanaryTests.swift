import Alerts
import PromQL
import TestSupport
import Testing
import Topology

@testable import Drills

/// Drills that have to fail: else a drill that passes says nothing.
@Suite struct CanaryTests {
  /// Nothing that these wait for comes.
  private static let patience = 0.15

  private static let broken: [(alert: Alert, failure: String)] = [
    (
      Alerts.redisDown.with(
        asking: Diagnosis("¿Está?", run: .shell("echo sí"), fault: .contains("sí"), conclusion: "")),
      "“¿Está?” shows the fault without it: echo sí answers sí"
    ),
    (
      Alerts.redisDown.with(
        asking: Diagnosis("¿Está?", run: .shell("echo no"), fault: .contains("sí"), conclusion: "")),
      "“¿Está?” does not show the fault: echo no answers no"
    ),
    (Alerts.redisDown.with(drill: .stop(Platform.nodeExporter)), "s for RedisDown to be pending"),
    (Alerts.diskSpaceCritical.with(drill: .fillFileSystem(percent: 50)), "s for DiskSpaceCritical to be pending"),
    (
      Alerts.redisDown.with(fix: [Step("Esperá.", run: .shell("echo espero"), isRemedy: true)]),
      "the remedy does not end the fault; it says: espero"
    ),
    (
      Alerts.redisDown.with(fix: [Step("Nada.", run: .shell("false"), isRemedy: true)]),
      "the remedy “false” ended with 1"
    ),
    (Alerts.redisDown.with(section: "Otra"), "“CRITICAL: RedisDown” in Slack"),
  ]

  @Test(.timeLimit(.minutes(8))) func eachFailsForItsReason() async throws {
    let stack = try PrivateStack(
      root: DrillRun.repository, binaries: Binaries.directory, timeDivisor: DrillRun.timeDivisor)
    do {
      try await stack.up()
      for canary in Self.broken {
        let result = await AlertDrill(alert: canary.alert, stack: stack, patience: Self.patience, say: { _ in })
          .perform()
        #expect(result.failure?.contains(canary.failure) == true, "\(canary.failure): \(result)")
        // What was broken is whole again.
        #expect(try await stack.pid(of: Platform.redis) != nil)
        #expect(try await stack.pid(of: Platform.nodeExporter) != nil)
        try await stack.settle()
      }
    } catch {
      try await stack.down()
      throw error
    }
    try await stack.down()
  }
}

extension Alert {
  /// The same with something else in it.
  fileprivate func with(
    asking diagnosis: Diagnosis? = nil, fix: [Step]? = nil, drill: Drill? = nil, section: String? = nil
  ) -> Alert {
    Alert(
      name, when: expression, for: holdsFor, keepsFiringFor: keepsFiringFor, in: group, severity: severity,
      symptom: symptom, subject: subject, texts: texts, dashboard: dashboard, mutes: mutes,
      runbook: Runbook(
        meaning: runbook.meaning, firstFiveMinutes: runbook.firstFiveMinutes,
        diagnosis: diagnosis.map { [$0] } ?? [], fix: fix ?? runbook.fix, verify: runbook.verify,
        escalate: runbook.escalate, afterwards: runbook.afterwards),
      section: section ?? self.section, cases: [], drill: drill ?? self.drill)
  }
}
