import Alerts
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
    source = ["alertname=\"\(alert.name)\""]
    switch mute {
    case .othersOfItsService:
      targets = ["alertname!=\"\(alert.name)\""]
      equal = ["service"]
    case .symptomsOfDependants(let symptoms):
      let names = alerts.filter { symptoms.contains($0.symptom) && $0.name != alert.name }.map(\.name)
      let services = Self.dependants(of: alert.subject.processes).map(\.serviceLabel)
      if names.isEmpty || services.isEmpty { return nil }
      targets = [
        "alertname=~\"\(names.joined(separator: "|"))\"", "service=~\"\(services.joined(separator: "|"))\"",
      ]
      equal = []
    }
  }

  /// Whatever needs one of these processes, however many steps away.
  static func dependants(of processes: [PlatformProcess]) -> [PlatformProcess] {
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
