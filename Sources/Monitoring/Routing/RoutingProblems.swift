import Alerts
import PromQL

extension Routing {
  /// What the routing names and nobody declares, a sentence each.
  package func problems(among alerts: [Alert]) -> [String] {
    let known = alerts.reduce(into: Set<String>()) { $0.formUnion($1.labelNames) }
    return routeProblems(known) + inhibitions.flatMap { $0.problems(known) } + muteProblems(alerts)
  }

  private func routeProblems(_ known: Set<String>) -> [String] {
    let names = Set(receivers.map(\.name))
    let intervals = Set(timeIntervals.map(\.name))
    return Self.groupedBy.filter { !known.contains($0) }.map { "group_by: no alert has the label \($0)" }
      + ([root] + routes).flatMap { route in
        let place = "route to \(route.receiver)"
        return route.matchers.filter { !known.contains($0.label) }.map {
          "\(place): no alert has the label \($0.label)"
        } + (names.contains(route.receiver) ? [] : ["\(place): there is no such receiver"])
          + route.activeIntervals.filter { !intervals.contains($0) }.map { "\(place): there is no time interval \($0)" }
      }
  }

  private func muteProblems(_ alerts: [Alert]) -> [String] {
    alerts.flatMap { alert in
      alert.mutes.flatMap { mute -> [String] in
        let place = "\(alert.file): \(alert.name): mutes"
        switch mute {
        case .alerts(let names, let labels):
          return names.flatMap { name -> [String] in
            guard let target = alerts.first(where: { $0.name == name }) else {
              return ["\(place) \(name), which is no alert"]
            }
            // Absent on both sides they would be equal.
            return labels.filter { !alert.labelNames.contains($0.text) || !target.labelNames.contains($0.text) }
              .map { "\(place) \(name) by \($0.text), which one of them never has" }
          }
        case .ownSeriesHaving(let label, let labels):
          return ([label] + labels).filter { !alert.labelNames.contains($0.text) }
            .map { "\(place) its own series by \($0.text), which it never has" }
        case .othersOfItsService:
          return alert.labelNames.contains(LabelMatch.service)
            ? [] : ["\(place) its service's others, and has no service"]
        case .symptomsOfDependants:
          return alert.subject.processes.isEmpty ? ["\(place) dependants, and is about no process"] : []
        }
      }
    }
  }
}

extension Inhibition {
  fileprivate func problems(_ known: Set<String>) -> [String] {
    let place = "inhibition by \(source.map(\.text).joined(separator: ","))"
    return ((source + targets).map(\.label) + equal).filter { !known.contains($0) }
      .map { "\(place): no alert has the label \($0)" }
  }
}

extension DeploymentSilence {
  /// What it names and nobody declares.
  package func problems(among alerts: [Alert]) -> [String] {
    let known = alerts.reduce(into: Set<String>()) { $0.formUnion($1.labelNames) }
    let names = Set(alerts.map(\.name))
    let place = "silence while \(program) restarts"
    return matchers.flatMap { match -> [String] in
      guard known.contains(match.label) else { return ["\(place): no alert has the label \(match.label)"] }
      guard match.label == LabelMatch.alertName else { return [] }
      return match.value.split(separator: "|").map(String.init).filter { !names.contains($0) }
        .map { "\(place): \($0) is no alert" }
    }
  }
}

extension Alert {
  /// Every label that it may carry when it fires.
  package var labelNames: Set<String> {
    expression.dimensions.alternatives.reduce(into: Set(labels.map(\.name) + [LabelMatch.alertName])) {
      $0.formUnion($1)
    }
  }
}
