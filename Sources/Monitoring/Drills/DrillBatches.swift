import Alerts
import Routing
import Topology

/// Which drills run side by side: those whose faults touch nothing in common, and whose alerts mute none of each other.
enum DrillBatches {
  static func of(_ alerts: [Alert]) -> [[Alert]] {
    var batches: [[Alert]] = []
    for alert in alerts {
      let place = batches.firstIndex { batch in batch.allSatisfy { areApart($0, alert) } }
      if let place { batches[place].append(alert) } else { batches.append([alert]) }
    }
    return batches
  }

  static func areApart(_ one: Alert, _ other: Alert) -> Bool {
    touched(by: one).isDisjoint(with: touched(by: other))
      && !mutes(one, other) && !mutes(other, one)
  }

  /// What the faults of a drill break or look at: processes, and shares of the machine.
  private static func touched(by alert: Alert) -> Set<String> {
    let faults = [alert.drill] + alert.runbook.diagnosis.compactMap(\.cause)
    let deploys = alert.runbook.fix.contains { step in
      if step.isRemedy, case .deploy? = step.command { return true }
      return false
    }
    return faults.reduce(into: deploys ? [Self.supervisor] : []) { $0.formUnion($1.touched) }
  }

  /// `deploy.sh` starts whatever is stopped, and runs once at a time.
  fileprivate static let supervisor = "which processes run"

  /// A mute of a service's or of its dependants' alerts shows in what they touch; those by name show here.
  private static func mutes(_ one: Alert, _ other: Alert) -> Bool {
    one.mutes.contains { mute in
      switch mute {
      case .alerts(let names, _): names.contains(other.name)
      case .symptomsOfDependants(let symptoms): symptoms.contains(other.symptom) && !other.isAboutTheHost
      case .othersOfItsService: !other.isAboutTheHost
      case .ownSeriesHaving: false
      }
    }
  }
}

extension Alert {
  fileprivate var isAboutTheHost: Bool {
    if case .host = subject { return true }
    return false
  }
}

extension Drill {
  fileprivate var touched: Set<String> {
    switch self {
    case .stop(let process), .interrupt(let process, _): process.withDependants.union([DrillBatches.supervisor])
    case .crash(let process, _), .stormLog(let process): process.withDependants
    case .revokeDatabaseRights, .lockTable: Platform.postgres.withDependants
    case .fillFileSystem: ["a file system"]
    // The runbooks know the control group by its name, so there is one on a machine.
    case .eatMemory, .burnProcessor: ["a control group"]
    case .missCache: Platform.redis.withDependants
    case .byHand, .planned: []
    }
  }
}

extension PlatformProcess {
  fileprivate var withDependants: Set<String> {
    Set([name] + Inhibition.dependants(of: [self]).map(\.name))
  }
}
