import Alerts
import MetricModel
import PromQL
import Recording
import Runbooks
import Topology

/// One alert in words, for a terminal.
package struct Explanation {
  package let alert: Alert
  package init(_ alert: Alert) { self.alert = alert }

  package func text() throws -> String {
    let feeds = try feeds(of: alert.expression, depth: 1)
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

  /// What an expression asks for: of what is recorded also the rule, and what that asks for, one step deeper.
  private func feeds(of expression: InstantVector, depth: Int) throws -> [String] {
    let margin = String(repeating: "  ", count: depth)
    return try expression.node.families.sorted { $0.name < $1.name }.flatMap { family -> [String] in
      let line = "\(margin)\(family.name) (\(family.kind.rawValue)): \(family.help)"
      guard let recording = Recordings.all.first(where: { $0.family == family }) else { return [line] }
      return try [line, "\(margin)  = \(recording.expression.rendered())"]
        + feeds(of: recording.expression, depth: depth + 1)
    }
  }

  /// Each comparison with a number, as it stands in the rule.
  private var thresholds: [String] {
    alert.expression.node.subtree.compactMap { node in
      if case .binary(let operation, _, .number, _) = node, operation.isComparison { return node.text }
      return nil
    }
  }
}
