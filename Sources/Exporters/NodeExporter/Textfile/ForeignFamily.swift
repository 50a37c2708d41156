import MetricModel
import Telemetry

/// A family as somebody else's text declares and fills it.
struct ForeignFamily: Sendable {
  struct Label: Sendable, Hashable {
    let name: String
    let value: String
  }

  /// One series, or all of a histogram's or a summary's with the same labels.
  struct Series: Sendable {
    /// By name, without `le` and `quantile`.
    let labels: [Label]
    var value = 0.0
    var sum = 0.0
    /// nil where the text does not say it.
    var count: Double?
    var points: [Double: Double] = [:]
  }

  let name: String
  var help: String?
  /// nil until a line says it; a sample makes it `unknown`.
  var kind: Kind?
  private(set) var series: [Series] = []
  private var positions: [[Label]: Int] = [:]

  init(name: String) { self.name = name }

  var isDistribution: Bool { kind == .histogram || kind == .summary }

  mutating func add(_ labels: [Label], _ value: Double) { series.append(Series(labels: labels, value: value)) }

  /// Changes the histogram or summary with these labels, which may be new.
  mutating func change(_ labels: [Label], _ body: (inout Series) -> Void) {
    let position = positions[labels] ?? series.count
    if position == series.count {
      positions[labels] = position
      series.append(Series(labels: labels))
    }
    body(&series[position])
  }

  /// Takes the series of the same family in another file.
  mutating func append(_ other: ForeignFamily) { series += other.series }

  /// As the standard exporter does, every series has the labels of all, empty where it has no such.
  func add(to batch: inout SampleBatch, help: String) {
    let names = Set(series.flatMap { $0.labels.map(\.name) }).sorted()
    let descriptor = FamilyDescriptor(name: name, help: help, kind: kind ?? .unknown, labelNames: names)
    for series in series {
      var labels = series.labels[...]
      let values = names.map { name in
        guard labels.first?.name == name, let label = labels.popFirst() else { return "" }
        return label.value
      }
      if isDistribution {
        batch.add(descriptor, labelValues: values, distribution(series))
      } else {
        batch.add(descriptor, labelValues: values, series.value)
      }
    }
  }

  private func distribution(_ series: Series) -> Distribution {
    let all = kind == .histogram ? series.points[.infinity] : nil
    return Distribution(
      series.points.map { Distribution.Point(at: $0.key, $0.value) }, sum: series.sum, count: series.count ?? all ?? 0)
  }
}
