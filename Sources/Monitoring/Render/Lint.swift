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
      + repeated(dashboards.map(\.uid), "is the uid of two dashboards") + dashboards.flatMap(problems)
      + problems(of: recordings) + RoutingLint.problems(alerts: alerts)
      + use(of: catalogue + recordings.map(\.family), by: askers(recordings, alerts, dashboards))
  }

  private static func problems(of alert: Alert) -> [String] {
    var found = alert.expression.problems
    if alert.holdsFor.seconds % AlertCase.interval.seconds != 0 { found.append("its duration is off the 15s grid") }
    if alert.expression.node.usesRateInterval { found.append("$__rate_interval is Grafana's, not a rule's") }
    if !alert.cases.contains(where: { $0.checks.contains { !$0.firing.isEmpty } }) { found.append("no case fires") }
    if !alert.cases.contains(where: { $0.checks.allSatisfy(\.firing.isEmpty) }) { found.append("no case is silent") }
    found += repeated(alert.cases.map(\.title), "is the title of two cases")
    return found.map { "\(alert.file): \(alert.name): \($0)" }
  }

  private static func problems(of dashboard: Dashboard) -> [String] {
    var found = repeated(dashboard.panels.map { String($0.id) }, "is the id of two panels")
    for (index, panel) in dashboard.panels.enumerated() {
      found += problems(of: panel).map { "panel \(panel.id): \($0)" }
      for other in dashboard.panels[..<index] where other.place.overlaps(panel.place) {
        found.append("panel \(panel.id) lies over panel \(other.id)")
      }
    }
    return found.map { "\(dashboard.file): \(dashboard.uid): \($0)" }
  }

  private static func problems(of panel: Panel) -> [String] {
    var found = panel.queries.flatMap(\.expression.problems)
    if panel.queries.isEmpty { found.append("asks nothing") }
    if panel.description.isEmpty { found.append("has no description") }
    if panel.unit == .none, panel.mappings.isEmpty { found.append("has neither a unit nor words for its values") }
    if panel.place.x < 0 || panel.place.x + panel.place.width > 24 { found.append("leaves the grid") }
    if zip(panel.thresholds, panel.thresholds.dropFirst()).contains(where: { $0.from >= $1.from }) {
      found.append("its thresholds do not increase")
    }
    return found
  }

  private static func problems(of recordings: [Recording]) -> [String] {
    var found = repeated(recordings.map(\.name), "is recorded twice")
    for (index, recording) in recordings.enumerated() {
      let later = Set(recordings[index...].map(\.family))
      found += recording.expression.problems.map { "\(recording.file): \(recording.name): \($0)" }
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
      + dashboards.flatMap(\.panels).flatMap(\.queries).map(\.expression)
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

  private static func repeated(_ names: [String], _ complaint: String) -> [String] {
    Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted().map { "\($0) \(complaint)" }
  }
}

extension Node {
  fileprivate var usesRateInterval: Bool {
    subtree.contains { if case .range(_, .rateInterval) = $0 { true } else { false } }
  }
}
