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
    /// The labels of each alert that fires, without those that the rule adds; none: silence.
    package let firing: [[LabelName: String]]

    package static func silent(at moment: Period) -> Self { Self(at: moment, firing: []) }
    package static func fires(at moment: Period, _ labels: [LabelName: String]...) -> Self {
      Self(at: moment, firing: labels)
    }
  }
}

/// One series of a case.
package struct SampledSeries: Sendable {
  package let name: String
  package let labels: [(name: String, value: String)]
  package let samples: [Samples]

  /// - Parameter labels: those that the family declares.
  package init<K: ScalarKind, L: LabelSet>(
    _ family: Family<K, L>, _ labels: L, job: some RawRepresentable<String>, instance: String, _ samples: [Samples]
  ) {
    name = family.name
    self.labels =
      zip(L.labelNames, labels.labelValues).map { ($0, $1) }
      + [(JobLabel.labelName, job.rawValue), (InstanceLabel.labelName, instance)]
    self.samples = samples
  }

  package init<K: ScalarKind>(
    _ family: Family<K, NoLabels>, job: some RawRepresentable<String>, instance: String, _ samples: [Samples]
  ) {
    name = family.name
    labels = [(JobLabel.labelName, job.rawValue), (InstanceLabel.labelName, instance)]
    self.samples = samples
  }
}

/// A stretch of samples, one every `AlertCase.interval`.
package enum Samples: Sendable {
  case hold(Double, Period)
  /// The target is gone: Prometheus marks the series stale, then scrapes nothing.
  case gone(Period)

  /// In promtool's notation.
  package var notation: String {
    switch self {
    case .hold(let value, let length): "\(value.promQL)x\(count(in: length) - 1)"
    case .gone(let length) where count(in: length) == 1: "stale"
    case .gone(let length): "stale _x\(count(in: length) - 1)"
    }
  }

  private func count(in length: Period) -> Int { length.seconds / AlertCase.interval.seconds }
}
