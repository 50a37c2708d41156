import Alerts
import Foundation
import Harness
import PromQL
import Render
import Routing
import Topology

/// Some alerts' drills on one private stack. Those whose faults and alerts leave each other alone run side by side.
package struct DrillSession: Sendable {
  private let stack: PrivateStack
  package let alerts: [Alert]
  private let say: @Sendable (String) -> Void

  package init(_ alerts: [Alert], on stack: PrivateStack, say: @escaping @Sendable (String) -> Void) {
    self.stack = stack
    self.alerts = alerts
    self.say = say
  }

  /// Brings the stack up, drills, and takes it down again, whatever happens in between.
  package func run(keeping isKept: Bool = false) async throws -> [DrillResult] {
    if alerts.isEmpty { return [] }
    let result: Result<[DrillResult], any Error>
    do {
      say("bringing a platform up in \(stack.stack.stateDirectory)")
      try await stack.up()
      result = .success(try await drill())
    } catch { result = .failure(error) }
    if isKept {
      say("the platform goes on; to end it: \(stack.keep())")
    } else {
      // Whoever interrupts the drills does not interrupt this.
      try await Task { try await stack.down() }.value
    }
    return try result.get()
  }

  private func drill() async throws -> [DrillResult] {
    var results: [DrillResult] = []
    for (index, batch) in DrillBatches.of(alerts).enumerated() {
      try Task.checkCancellation()
      let history = batch.compactMap { $0.drill.history(before: Date.now) }.joined()
      if index > 0 || !history.isEmpty {
        try await stack.forgetHistory(replacingWith: history.isEmpty ? nil : history + "# EOF\n")
      }
      let drills = batch.map { AlertDrill(alert: $0, stack: stack, say: say) }
      results += await withTaskGroup(of: DrillResult.self) { group in
        for drill in drills { group.addTask { await drill.perform() } }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    try Task.checkCancellation()
    let order = Dictionary(uniqueKeysWithValues: alerts.enumerated().map { ($1.name, $0) })
    return results.sorted { order[$0.alert, default: 0] < order[$1.alert, default: 0] }
  }

  /// How the stack's time differs from that of one that works.
  package var remarks: [String] {
    let divisor = stack.stack.timeDivisor
    let interval = stack.stack.compressed(AlertCase.interval).text
    let durations = alerts.map { "\($0.name) \($0.duration) → \(stack.stack.compressed($0.holdsFor).text)" }
    let paces = Severity.calling.map { severity in
      let pace = Pace.of(severity)
      func compressed(_ seconds: Int) -> String { stack.stack.compressed(Period(seconds: seconds)).text }
      return "\(severity.rawValue) group_wait \(compressed(pace.groupWait)), group_interval "
        + "\(compressed(pace.groupInterval)), repeat_interval \(compressed(pace.repeatInterval))"
    }
    return [
      "Time is divided by \(divisor); no expression is changed.",
      "- scrape and evaluation interval \(AlertCase.interval.text) → \(interval)",
      "- held for: \(durations.joined(separator: ", "))",
      "- Alertmanager: \(paces.joined(separator: "; "))\(stack.stack.isHasty ? "; every hour is a working hour" : "")",
    ] + alerts.compactMap(\.historyRemark) + alerts.flatMap(\.unaskedRemarks)
  }
}

extension PrivateStack {
  /// The longest that a message about such an alert may wait for its group.
  func slowestPace(of severity: Severity) -> Period {
    let pace = Pace.of(severity)
    return Period(seconds: max(pace.groupWait, pace.groupInterval))
  }
}

extension Alert {
  /// Questions of its runbook about faults that nobody can make here.
  fileprivate var unaskedRemarks: [String] {
    runbook.diagnosis.compactMap { diagnosis in
      guard let reason = diagnosis.cause?.reasonAgainst else { return nil }
      return "- \(name): not asked: “\(diagnosis.question)”, \(reason)"
    }
  }
}
