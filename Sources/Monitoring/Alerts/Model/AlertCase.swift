import MetricModel
import PromQL

/// A story told in series, with what the alert does at given moments: one test of `promtool test rules`.
package struct AlertCase: Sendable {
  /// Prometheus' scrape and evaluation interval; the grid of every case.
  package static let interval = 15.s

  /// In Spanish: operators read these tests too.
  package let title: String
  package let series: [SampledSeries]
  package let checks: [Check]

  package init(_ title: String, given series: [SampledSeries], expect checks: [Check]) {
    self.title = title
    self.series = series
    self.checks = checks
  }

  /// What is firing at a moment after the start.
  package struct Check: Sendable {
    package let at: Period
    /// Each alert that fires; none: silence.
    package let firing: [Firing]

    package static func silent(at moment: Period) -> Self { Self(at: moment, firing: []) }
    package static func fires(at moment: Period, _ labels: [LabelName: String]...) -> Self {
      Self(at: moment, firing: labels.map { Firing(labels: $0, value: nil) })
    }
    package static func fires(at moment: Period, _ labels: [LabelName: String], value: Double) -> Self {
      Self(at: moment, firing: [Firing(labels: labels, value: value)])
    }
    package static func fires(at moment: Period, all firing: [Firing]) -> Self { Self(at: moment, firing: firing) }
  }

  /// One alert that fires.
  package struct Firing: Sendable {
    /// Without those labels that the rule adds.
    package let labels: [LabelName: String]
    /// What the expression gives; needed where a text shows it.
    package let value: Double?
    package init(labels: [LabelName: String], value: Double?) {
      self.labels = labels
      self.value = value
    }
  }
}
