import MetricModel

/// A condition on one label, which only takes that label's values.
package struct Matcher<V: Label>: Sendable {
  let comparison: LabelMatcher.Comparison
  let value: String
  var isTemplate = false

  package static func `is`(_ value: V) -> Self { Self(comparison: .equal, value: value.labelValue) }
  package static func isNot(_ value: V) -> Self { Self(comparison: .unequal, value: value.labelValue) }
  package static func isOneOf(_ values: [V]) -> Self { oneOf(values, .match) }
  package static func isNoneOf(_ values: [V]) -> Self { oneOf(values, .mismatch) }

  /// - Parameter pattern: RE2, anchored on both sides.
  package static func matches(_ pattern: String) -> Self { Self(comparison: .match, value: pattern) }
  package static func doesNotMatch(_ pattern: String) -> Self { Self(comparison: .mismatch, value: pattern) }

  /// Whichever values the reader of the dashboard chose; Grafana joins them as RE2.
  package static func isOneOf(_ variable: TemplateVariable<V>) -> Self {
    Self(comparison: .match, value: variable.reference, isTemplate: true)
  }

  /// The condition on its label, for selectors of other languages that write it as PromQL does.
  package var matcher: LabelMatcher {
    LabelMatcher(label: V.labelName, comparison: comparison, value: value, isTemplate: isTemplate)
  }

  private static func oneOf(_ values: [V], _ comparison: LabelMatcher.Comparison) -> Self {
    Self(comparison: comparison, value: values.map { quoted($0.labelValue) }.joined(separator: "|"))
  }

  /// RE2's special characters made ordinary.
  private static func quoted(_ text: String) -> String {
    text.map { #"\.+*?()|[]{}^$"#.contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

extension Matcher where V: ClosedLabel {
  /// The cases for which this holds: `.satisfying { $0.code >= 500 }`.
  package static func satisfying(_ holds: (V) -> Bool) -> Self { isOneOf(V.allCases.filter(holds)) }
}

extension Matcher where V == JobLabel {
  /// A job as the topology names it.
  package static func `is`(_ job: some RawRepresentable<String>) -> Self { .is(JobLabel(job.rawValue)) }
  package static func isOneOf(_ jobs: [some RawRepresentable<String>]) -> Self {
    .isOneOf(jobs.map { JobLabel($0.rawValue) })
  }
}
