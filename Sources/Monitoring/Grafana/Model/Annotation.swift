import PromQL

/// What happened, as marks in time on every panel.
package struct Annotation: Sendable {
  package let name: String
  package let expression: InstantVector
  package let color: Color
  /// Of a mark.
  package let title: Legend
  package let text: Legend
  package let tags: [LabelName]
  package let time: Time

  package enum Time: Sendable {
    /// As long as the expression has the series.
    case whileItHolds
    /// Once, at the series' value, which is in milliseconds since the epoch.
    case atItsValue
  }

  package init(
    _ name: String, _ expression: some Vector, color: Color, title: Legend, text: Legend, tags: [LabelName] = [],
    time: Time
  ) {
    self.name = name
    self.expression = expression.vector
    self.color = color
    self.title = title
    self.text = text
    self.tags = tags
    self.time = time
  }
}
