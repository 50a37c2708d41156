import MetricModel
import PromQL

/// A choice in the bar above the panels, of the values that a label has right now.
package struct DashboardVariable: Sendable {
  package let name: String
  /// What the reader sees before it.
  package let title: String
  package let description: String
  /// Whose label's values.
  package let source: InstantVector
  package let label: LabelName

  package init<V: Label>(
    _ variable: TemplateVariable<V>, _ title: String, description: String, valuesIn source: some Vector
  ) {
    name = variable.name
    self.title = title
    self.description = description
    self.source = source.vector
    label = LabelName(V.self)
  }

  /// Grafana's own query language for variables.
  package func definition() throws(InvalidExpression) -> String {
    "label_values(\(try source.rendered()), \(label.text))"
  }
}
