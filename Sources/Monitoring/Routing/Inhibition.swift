import Alerts
import PromQL
import Topology

/// While the source fires, the targets are not told. Generated from what alerts say they mute.
package struct Inhibition: Sendable {
  package let source: [LabelMatch]
  package let targets: [LabelMatch]
  /// Labels in which both must be equal.
  package let equal: [String]

  /// nil where no alert would be muted (yet): a rule that mutes nothing is not written.
  init?(_ mute: Mute, by alert: Alert, among alerts: [Alert]) {
    let name = LabelMatch(LabelMatch.alertName, .equals, alert.name)
    switch mute {
    case .ownSeriesHaving(let label, let labels):
      source = [name, LabelMatch(label.text, .equals, "")]
      targets = [name, .has(label.text)]
      equal = labels.map(\.text)
    case .othersOfItsService:
      // Without the guards it would mute all that is about no service, were its own label ever missing.
      source = [name, .has(LabelMatch.service)]
      targets = [LabelMatch(LabelMatch.alertName, .differs, alert.name), .has(LabelMatch.service)]
      equal = [LabelMatch.service]
    case .symptomsOfDependants(let symptoms):
      let names = alerts.filter { symptoms.contains($0.symptom) && $0.name != alert.name }.map(\.name)
      let services = Self.dependants(of: alert.subject.processes).map(\.serviceLabel)
      if names.isEmpty || services.isEmpty { return nil }
      source = [name]
      targets = [.oneOf(LabelMatch.alertName, names), .oneOf(LabelMatch.service, services)]
      equal = []
    case .alerts(let names, let labels):
      source = [name]
      targets = [.oneOf(LabelMatch.alertName, names)]
      equal = labels.map(\.text)
    }
  }

  package init(source: [LabelMatch], targets: [LabelMatch], equal: [String]) {
    self.source = source
    self.targets = targets
    self.equal = equal
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
