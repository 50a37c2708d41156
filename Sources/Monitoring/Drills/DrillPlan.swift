import Alerts
import Topology

/// Which alerts are drilled on which stack, and which are not, with the reason.
package struct DrillPlan: Sendable {
  /// Stacks that work side by side: averages over minutes keep some drills waiting, and others need not wait for them.
  package let lanes: [[Alert]]
  package let missing: [(alert: Alert, reason: String)]

  package init(_ alerts: [Alert]) {
    var (drilled, missing): ([Alert], [(Alert, String)]) = ([], [])
    for alert in alerts {
      if let reason = alert.reasonAgainst ?? Self.sharing(alert, with: drilled) {
        missing.append((alert, reason))
      } else {
        drilled.append(alert)
      }
    }
    self.missing = missing
    let lanes = Dictionary(grouping: drilled, by: \.drill.lane)
    self.lanes = Drill.Lane.allCases.compactMap { lanes[$0] }
  }

  /// Alerts that share a section share their fault, and the first mutes the others while it fires; so it is with those
  /// that name the same fault.
  private static func sharing(_ alert: Alert, with drilled: [Alert]) -> String? {
    let first = drilled.first { $0.section == alert.section || $0.drill.isSame(as: alert.drill) && $0.mutes(alert) }
    return first.map { "shares its fault with \($0.name), which mutes it" }
  }
}

extension Alert {
  fileprivate var reasonAgainst: String? {
    severity == .heartbeat ? "fires always" : drill.reasonAgainst
  }

  /// By its name.
  fileprivate func mutes(_ other: Alert) -> Bool {
    mutes.contains { mute in
      if case .alerts(let names, _) = mute { return names.contains(other.name) }
      return false
    }
  }
}

extension Drill {
  enum Lane: CaseIterable { case quick, groups, logs, starts }

  fileprivate var lane: Lane {
    switch self {
    // One control group at a time on a machine.
    case .eatMemory, .burnProcessor: .groups
    case .stormLog: .logs
    case .crash: .starts
    default: .quick
    }
  }

  /// nil: it can be performed.
  var reasonAgainst: String? {
    switch self {
    case .planned(let service, _): "waits for \(service.name)"
    case .byHand(let fault): "by hand: \(fault)"
    default: nil
    }
  }

  fileprivate func isSame(as other: Drill) -> Bool {
    if case (.stop(let process), .stop(let another)) = (self, other) { return process.name == another.name }
    return false
  }

  var isPerformed: Bool { reasonAgainst == nil }
}
