import Alerts
import Catalog
import Grafana
import MetricModel
import PromQL
import Recording

/// What the compiler cannot see: the lists as lists.
package enum Linter {
  /// One sentence a mistake, naming the declaration.
  package static func problems(
    catalogue: [FamilyDescriptor] = Catalog.all, recordings: [Recording] = Recordings.all,
    alerts: [Alert] = Alerts.all, dashboards: [Dashboard] = Dashboards.all
  ) -> [String] {
    catalogue.flatMap(StandardNames.problems) + repeated(catalogue.map(\.name), "declared twice in the catalogue")
      + repeated(alerts.map(\.name), "is the name of two alerts") + alerts.flatMap(problems)
      + repeated(dashboards.map(\.uid), "is the uid of two dashboards")
      + dashboards.flatMap { problems(of: $0, alerts: alerts) }
      + problems(of: recordings)
      + use(of: catalogue + recordings.map(\.family), by: askers(recordings, alerts, dashboards))
  }

  private static func problems(of alert: Alert) -> [String] {
    var found = alert.expression.problems
    if alert.holdsFor.seconds % AlertCase.interval.seconds != 0 { found.append("its duration is off the 15s grid") }
    found += templates(in: alert.expression)
    if !alert.cases.contains(where: { $0.checks.contains { !$0.firing.isEmpty } }) { found.append("no case fires") }
    if alert.severity != .heartbeat, !alert.cases.contains(where: { $0.checks.allSatisfy(\.firing.isEmpty) }) {
      found.append("no case is silent")
    }
    if alert.casesTellRecordings, !alert.cases.flatMap(\.series).allSatisfy(\.isRecorded) {
      found.append("its cases mix what is recorded with what is scraped")
    }
    found += repeated(alert.cases.map(\.title), "is the title of two cases")
    return found.map { "\(alert.file): \(alert.name): \($0)" }
  }

  private static func problems(of recordings: [Recording]) -> [String] {
    var found = repeated(recordings.map(\.name), "is recorded twice")
    for (index, recording) in recordings.enumerated() {
      let later = Set(recordings[index...].map(\.family))
      found += (recording.expression.problems + templates(in: recording.expression)).map {
        "\(recording.file): \(recording.name): \($0)"
      }
      found += recording.expression.node.families.intersection(later).map {
        "\(recording.file): \(recording.name): asks for \($0.name), which is recorded after it"
      }.sorted()
    }
    return found
  }

  private static func askers(
    _ recordings: [Recording], _ alerts: [Alert], _ dashboards: [Dashboard]
  ) -> [InstantVector] {
    recordings.map(\.expression) + alerts.map(\.expression)
      + dashboards.flatMap { dashboard in
        dashboard.panels.flatMap(\.queries).map(\.expression) + dashboard.annotations.map(\.expression)
          + dashboard.variables.map(\.source)
      }
  }

  /// Asked for ⇔ declared as monitored, or as not exported yet.
  private static func use(of declared: [FamilyDescriptor], by askers: [InstantVector]) -> [String] {
    let asked = askers.reduce(into: Set<FamilyDescriptor>()) { $0.formUnion($1.node.families) }
    let unknown = asked.subtracting(declared).map { "\($0.name): asked for, and not in the catalogue" }
    return unknown.sorted()
      + declared.compactMap { family in
        switch (family.use, asked.contains(family)) {
        case (.monitored, false), (.notYetExported, false):
          "\(family.name): marked as monitored, and no rule or panel asks for it"
        case (.notNeeded, true): "\(family.name): marked as not needed, and a rule or a panel asks for it"
        default: nil
        }
      }
  }

  /// A rule has no reader who chooses.
  private static func templates(in expression: InstantVector) -> [String] {
    expression.node.templates.sorted().map { "\($0) is Grafana's, not a rule's" }
  }

  static func repeated(_ names: [String], _ complaint: String) -> [String] {
    Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted().map { "\($0) \(complaint)" }
  }
}
