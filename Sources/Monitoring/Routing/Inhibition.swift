import Alerts
import PromQL
import Topology

/// While the source fires, the targets are not told. Generated from what alerts say they mute.
package struct Inhibition: Sendable {
  /// In Alertmanager's syntax.
  package let source: [String]
  package let targets: [String]
  /// Labels in which both must be equal.
  package let equal: [String]

  /// nil where no alert would be muted (yet): a rule that mutes nothing is not written.
  init?(_ mute: Mute, by alert: Alert, among alerts: [Alert]) {
    let name = "alertname=\"\(alert.name)\""
    if case .ownSeriesHaving(let label, _) = mute {
      source = [name, "\(label.text)=\"\""]
    } else {
      source = [name]
    }
    switch mute {
    case .ownSeriesHaving(let label, let labels):
      targets = [name, "\(label.text)!=\"\""]
      equal = labels.map(\.text)
    case .othersOfItsService:
      targets = ["alertname!=\"\(alert.name)\""]
      equal = ["service"]
    case .symptomsOfDependants(let symptoms):
      let names = alerts.filter { symptoms.contains($0.symptom) && $0.name != alert.name }.map(\.name)
      let services = Self.dependants(of: alert.subject.processes).map(\.serviceLabel)
      if names.isEmpty || services.isEmpty { return nil }
      targets = [Self.oneOf("alertname", names), Self.oneOf("service", services)]
      equal = []
    case .alerts(let names, let labels):
      targets = [Self.oneOf("alertname", names)]
      equal = labels.map(\.text)
    }
  }

  private static func oneOf(_ label: String, _ values: [String]) -> String {
    "\(label)=~\"\(values.joined(separator: "|"))\""
  }

  /// Whatever needs one of these processes, however many steps away.
  package static func dependants(of processes: [PlatformProcess]) -> [PlatformProcess] {
    var needed = Set(processes.map(\.name))
    var found: [PlatformProcess] = []
    while true {
      let next = Platform.processes.filter { !needed.contains($0.name) && !needed.isDisjoint(with: $0.dependsOn) }
      if next.isEmpty { return found }
      found += next
      needed.formUnion(next.map(\.name))
    }
  }
}
