/// One condition on an alert's label, in Alertmanager's syntax
/// (https://prometheus.io/docs/alerting/latest/configuration/#matcher). A label that is not there counts as empty.
package struct LabelMatch: Sendable, Hashable {
  package enum Operation: String, Sendable {
    case equals = "="
    case differs = "!="
    case matches = "=~"
  }

  package let label: String
  package let operation: Operation
  package let value: String

  package init(_ label: String, _ operation: Operation = .equals, _ value: String) {
    self.label = label
    self.operation = operation
    self.value = value
  }

  package static func oneOf(_ label: String, _ values: [String]) -> Self {
    Self(label, .matches, values.joined(separator: "|"))
  }

  /// The label is there: two alerts that both lack it are equal in it, so that equality alone would join strangers.
  package static func has(_ label: String) -> Self { Self(label, .differs, "") }

  package var text: String { "\(label)\(operation.rawValue)\"\(value)\"" }
}

extension LabelMatch {
  static let alertName = "alertname"
  static let service = "service"
  static let severity = "severity"
}
