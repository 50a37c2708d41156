import MetricModel
import PromQL
import Recording

/// One series of a case.
package struct SampledSeries: Sendable {
  package let name: String
  package let labels: [(name: String, value: String)]
  package let samples: [Samples]
  /// Whether a recording rule would compute it.
  package let isRecorded: Bool

  /// - Parameter labels: those that the family declares.
  package init<K: ScalarKind, L: LabelSet>(
    _ family: Family<K, L>, _ labels: L, job: some RawRepresentable<String>, instance: String, _ samples: [Samples]
  ) {
    self.init(family.name, Self.pairs(labels), job: job, instance: instance, samples)
  }

  package init<K: ScalarKind>(
    _ family: Family<K, NoLabels>, job: some RawRepresentable<String>, instance: String, _ samples: [Samples]
  ) {
    self.init(family.name, [], job: job, instance: instance, samples)
  }

  /// What a recording rule would have computed: for windows of hours and days, whose history would take promtool
  /// minutes. The tests of an alert that has such a series leave the recording rules out.
  package init(_ recording: Recording, job: some RawRepresentable<String>, _ samples: [Samples]) {
    name = recording.name
    labels = [(JobLabel.labelName, job.rawValue)]
    self.samples = samples
    isRecorded = true
  }

  private init(
    _ name: String, _ labels: [(name: String, value: String)], job: some RawRepresentable<String>, instance: String,
    _ samples: [Samples]
  ) {
    self.name = name
    self.labels = labels + [(JobLabel.labelName, job.rawValue), (InstanceLabel.labelName, instance)]
    self.samples = samples
    isRecorded = false
  }

  private static func pairs(_ labels: some LabelSet) -> [(name: String, value: String)] {
    zip(type(of: labels).labelNames, labels.labelValues).map { ($0, $1) }
  }

  /// The buckets and the count of a histogram.
  /// - Parameter observations: so many at a value in seconds (or the family's unit), in each sample.
  package static func histogram<L: LabelSet>(
    _ family: Family<Histogram, L>, _ labels: L, job: some RawRepresentable<String>, instance: String,
    each observations: [(value: Double, count: Double)], for length: Period
  ) -> [Self] {
    histogram(family, labels, job: job, instance: instance, each: observations) { [.grow(by: $0, length)] }
  }

  /// - Parameter story: what becomes of a bucket that each sample adds so many to.
  package static func histogram<L: LabelSet>(
    _ family: Family<Histogram, L>, _ labels: L, job: some RawRepresentable<String>, instance: String,
    each observations: [(value: Double, count: Double)], _ story: (_ count: Double) -> [Samples]
  ) -> [Self] {
    let buckets = (family.descriptor.bounds + [.infinity]).map { bound in
      let count = observations.filter { $0.value <= bound }.reduce(0) { $0 + $1.count }
      return Self(
        family.name + "_bucket", pairs(labels) + [("le", bound == .infinity ? "+Inf" : bound.promQL)], job: job,
        instance: instance, story(count))
    }
    let total = observations.reduce(0) { $0 + $1.count }
    return buckets + [
      Self(family.name + "_count", pairs(labels), job: job, instance: instance, story(total))
    ]
  }

  /// The samples in promtool's notation.
  package var values: String {
    var last = 0.0
    return samples.map { $0.notation(after: &last) }.joined(separator: " ")
  }
}

/// A stretch of samples, one every `AlertCase.interval`.
package enum Samples: Sendable {
  case hold(Double, Period)
  /// Each sample so much more than the one before; the first follows what came before, or 0.
  case grow(by: Double, Period)
  /// The process started again: the same from 0.
  case restart(by: Double, Period)
  /// The target is gone: Prometheus marks the series stale, then scrapes nothing.
  case gone(Period)

  /// The same stretch of a series that stays at one value while the target is there.
  package func constant(_ value: Double) -> Self {
    switch self {
    case .hold(_, let length), .grow(_, let length), .restart(_, let length): .hold(value, length)
    case .gone(let length): .gone(length)
    }
  }

  /// The same stretch in another measure.
  package func times(_ factor: Double) -> Self {
    switch self {
    case .hold(let value, let length): .hold(value * factor, length)
    case .grow(let step, let length): .grow(by: step * factor, length)
    case .restart(let step, let length): .restart(by: step * factor, length)
    case .gone(let length): .gone(length)
    }
  }

  /// - Parameter last: the value before this stretch; after it, that of its last sample.
  func notation(after last: inout Double) -> String {
    switch self {
    case .hold(let value, let length):
      last = value
      return "\(value.promQL)x\(count(in: length) - 1)"
    case .grow(let step, let length): return growth(from: last + step, step, length, &last)
    case .restart(let step, let length): return growth(from: 0, step, length, &last)
    case .gone(let length): return count(in: length) == 1 ? "stale" : "stale _x\(count(in: length) - 1)"
    }
  }

  private func growth(from start: Double, _ step: Double, _ length: Period, _ last: inout Double) -> String {
    let more = count(in: length) - 1
    last = start + step * Double(more)
    return "\(start.promQL)\(step < 0 ? "" : "+")\(step.promQL)x\(more)"
  }

  private func count(in length: Period) -> Int { length.seconds / AlertCase.interval.seconds }
}
