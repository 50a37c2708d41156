import MetricModel

/// A label's name, for `by`, `on` and texts: from a label's type, never from a string.
package struct LabelName: Sendable, Hashable {
  package let text: String

  package init<V: Label>(_ label: V.Type) { text = V.labelName }

  package static let job = LabelName(JobLabel.self)
  package static let instance = LabelName(InstanceLabel.self)
}

/// The label that the scrape adds: which kind of process.
package struct JobLabel: OpenLabel {
  package static let labelName = "job"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

/// The label that the scrape adds: which of its replicas.
package struct InstanceLabel: OpenLabel {
  package static let labelName = "instance"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

/// A label that every scraped series has, whatever its family declares.
package struct TargetLabel<V: Label>: Sendable {}

extension TargetLabel where V == JobLabel {
  package static var job: Self { Self() }
}

extension TargetLabel where V == InstanceLabel {
  package static var instance: Self { Self() }
}
