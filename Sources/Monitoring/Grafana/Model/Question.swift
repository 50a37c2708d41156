import PromQL
import Topology

extension Query {
  /// What Grafana sends to Prometheus.
  /// - Parameters:
  ///   - interval: what `$__rate_interval` becomes; at least four scrapes.
  ///   - range: what `$__range` becomes.
  ///   - variables: by name, as RE2; whoever is not here has every value.
  package func text(
    interval: Period, range: Period, variables: [String: String] = [:]
  ) throws(InvalidExpression) -> String {
    var text = try expression.rendered()
    // The longest first, since one name may begin with another.
    for template in expression.node.templates.sorted(by: { ($1.count, $0) < ($0.count, $1) }) {
      let value =
        switch template {
        case Window.rateInterval.text: interval.text
        case Window.dashboardRange.text: range.text
        default: variables[String(template.dropFirst())] ?? ".+"
        }
      text = text.replacing(template, with: value)
    }
    return text
  }
}

/// One query of one panel, for whoever asks all of them: each must have an answer on a running platform, unless its
/// service does not exist yet or its panel says when there is nothing to answer.
package struct Question: Sendable {
  package let dashboard: String
  package let panel: Panel
  package let query: Query

  /// As a list of them names it.
  package var name: String { "\(dashboard) · \(panel.title) · \(query.legend.format)" }
  /// nil: a running platform answers it.
  package var waitsFor: PlannedService? { panel.waitsFor }
  /// When a sound platform has no such series; nil: never.
  package var absentWhile: String? { query.absentWhile }
}

extension Dashboards {
  package static var questions: [Question] {
    all.flatMap { dashboard in
      dashboard.panels.flatMap { panel in
        panel.queries.map { Question(dashboard: dashboard.uid, panel: panel, query: $0) }
      }
    }
  }
}
