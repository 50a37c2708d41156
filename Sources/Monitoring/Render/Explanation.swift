import Alerts
import MetricModel
import PromQL
import Runbooks
import Topology

/// One alert in words, for a terminal.
package struct Explanation {
  package let alert: Alert
  package init(_ alert: Alert) { self.alert = alert }

  package func text() throws -> String {
    let families = alert.expression.node.families.sorted { $0.name < $1.name }
    let feeds = families.map { "  \($0.name) (\($0.kind.rawValue)): \($0.help)" }
    let labels = alert.labels.map { "  \($0.name): \($0.value.template)" }
    let cases = alert.cases.map { story in
      "  \(story.checks.contains { !$0.firing.isEmpty } ? "suena " : "calla ") \(story.title)"
    }
    return """
      \(alert.name) (\(alert.severity.rawValue))
      \(alert.file)

      Suena cuando esto se cumple durante \(alert.duration):
        \(try alert.condition())
      Umbrales: \(thresholds.isEmpty ? "ninguno: basta que haya series" : thresholds.joined(separator: ", "))
      Etiquetas:
      \(labels.joined(separator: "\n"))
      Se alimenta de:
      \(feeds.joined(separator: "\n"))
      Casos probados:
      \(cases.joined(separator: "\n"))
      Cómo provocarla:
        \(alert.drill.instructions)
      Runbook:
        observability/runbooks/RESPONDING_TO_ALERTS.md#\(alert.section)

      """
  }

  /// Each comparison with a number, as it stands in the rule.
  private var thresholds: [String] {
    alert.expression.node.subtree.compactMap { node in
      if case .binary(let operation, _, .number, _) = node, operation.isComparison { return node.text }
      return nil
    }
  }
}
