import MetricModel

// PromQL's functions and aggregations, under its names.

/// Per-second growth over the window. Of a gauge it does not compile.
package func rate<K: CumulativeKind & ScalarKind>(_ range: RangeVector<K>) -> InstantVector { call("rate", range) }
package func rate(_ range: RangeVector<Histogram>) -> Buckets { Buckets(vector: call("rate", range)) }

/// Growth over the window.
package func increase<K: CumulativeKind & ScalarKind>(_ range: RangeVector<K>) -> InstantVector {
  call("increase", range)
}
package func increase(_ range: RangeVector<Histogram>) -> Buckets { Buckets(vector: call("increase", range)) }

/// How often a value of the window differs from the one before it.
package func changes<K: ScalarKind>(_ range: RangeVector<K>) -> InstantVector { call("changes", range) }

/// Mean of the window's samples.
package func avgOverTime(_ range: RangeVector<Gauge>) -> InstantVector { call("avg_over_time", range) }
/// Sum of the window's samples.
package func sumOverTime(_ range: RangeVector<Gauge>) -> InstantVector { call("sum_over_time", range) }
package func maxOverTime(_ range: RangeVector<Gauge>) -> InstantVector { call("max_over_time", range) }
package func minOverTime(_ range: RangeVector<Gauge>) -> InstantVector { call("min_over_time", range) }
/// Of a counter: where it stood when the window began, or the 0 that it started again from.
package func minOverTime(_ range: RangeVector<Counter>) -> InstantVector { call("min_over_time", range) }
/// The value below which a share of the window's samples lies.
/// - Parameter quantile: in `0...1`.
package func quantileOverTime(_ quantile: Double, _ range: RangeVector<Gauge>) -> InstantVector {
  InstantVector(
    node: .call(function: "quantile_over_time", arguments: [.number(quantile), range.node]),
    dimensions: range.dimensions, problems: range.problems + problems(ofQuantile: quantile))
}
/// The newest sample of the window: what a series that is gone said last.
package func lastOverTime<K: ScalarKind>(_ range: RangeVector<K>) -> InstantVector { call("last_over_time", range) }
/// How many samples the window has.
package func countOverTime<K: ScalarKind>(_ range: RangeVector<K>) -> InstantVector {
  call("count_over_time", range)
}

/// A number as a series without labels.
package func vector(_ scalar: Scalar) -> InstantVector {
  InstantVector(node: .call(function: "vector", arguments: [scalar.node]), dimensions: Dimensions([]), problems: [])
}

/// No value below the limit.
package func clampMin(_ inner: some Vector, _ limit: Scalar) -> InstantVector {
  let inner = inner.vector
  return InstantVector(
    node: .call(function: "clamp_min", arguments: [inner.node, limit.node]), dimensions: inner.dimensions,
    problems: inner.problems)
}

/// Another value for a label, made of a label that the series have: PromQL's `label_replace`. Series that the pattern
/// does not match stay as they are.
/// - Parameters:
///   - pattern: RE2, anchored on both sides.
///   - replacement: `$1` is the pattern's first group.
package func labelReplace(
  _ inner: some Vector, _ target: LabelName, with replacement: String, from source: LabelName, matching pattern: String
) -> InstantVector {
  let inner = inner.vector
  let missing = inner.dimensions.firstMissing(of: [source.text]).map {
    "label_replace reads \($0): the series have \(inner.dimensions.text)"
  }
  let texts = [target.text, replacement, source.text, pattern].map(Node.string)
  return InstantVector(
    node: .call(function: "label_replace", arguments: [inner.node] + texts),
    dimensions: inner.dimensions.adding([target.text]), problems: inner.problems + (missing.map { [$0] } ?? []))
}

/// The distance from zero.
package func abs(_ inner: some Vector) -> InstantVector {
  let inner = inner.vector
  return InstantVector(
    node: .call(function: "abs", arguments: [inner.node]), dimensions: inner.dimensions, problems: inner.problems)
}

/// The nearest whole number; a half goes up.
package func round(_ inner: some Vector) -> InstantVector {
  let inner = inner.vector
  return InstantVector(
    node: .call(function: "round", arguments: [inner.node]), dimensions: inner.dimensions, problems: inner.problems)
}

/// The so many series with the greatest values.
package func topk(_ limit: Int, _ inner: some Vector) -> InstantVector {
  let inner = inner.vector
  return InstantVector(
    node: .aggregation(.topk, inner.node, by: [], parameter: limit), dimensions: inner.dimensions,
    problems: inner.problems)
}

/// The value below which a share of a histogram's observations lies.
/// - Parameter quantile: in `0...1`.
package func histogramQuantile(_ quantile: Double, _ buckets: Buckets) -> InstantVector {
  InstantVector(
    node: .call(function: "histogram_quantile", arguments: [.number(quantile), buckets.vector.node]),
    dimensions: buckets.vector.dimensions.removing(["le"]),
    problems: buckets.vector.problems + problems(ofQuantile: quantile))
}

private func problems(ofQuantile quantile: Double) -> [String] {
  (0...1).contains(quantile) ? [] : ["\(quantile) is no quantile"]
}

/// 1, with the labels that the selection fixes, where it has no series; nothing where it has.
package func absent<K: ScalarKind, L>(_ selection: Selection<K, L>) -> InstantVector {
  let fixed = selection.selector.matchers.filter { $0.comparison == .equal }.map(\.label)
  return InstantVector(
    node: .call(function: "absent", arguments: [.selector(selection.selector)]), dimensions: Dimensions(Set(fixed)),
    problems: selection.problems)
}

package func sum(_ vector: some Vector, by labels: LabelName...) -> InstantVector { aggregate(.sum, vector, labels) }
package func avg(_ vector: some Vector, by labels: LabelName...) -> InstantVector { aggregate(.avg, vector, labels) }
package func min(_ vector: some Vector, by labels: LabelName...) -> InstantVector { aggregate(.min, vector, labels) }
package func max(_ vector: some Vector, by labels: LabelName...) -> InstantVector { aggregate(.max, vector, labels) }
package func count(_ vector: some Vector, by labels: LabelName...) -> InstantVector {
  aggregate(.count, vector, labels)
}

/// Buckets of several series as one histogram.
package func sum(_ buckets: Buckets, by labels: LabelName...) -> Buckets {
  let vector = buckets.vector
  return Buckets(vector: aggregate(.sum, vector, names: labels.map(\.text) + ["le"]))
}

private func call<K: MetricKind>(_ function: String, _ range: RangeVector<K>) -> InstantVector {
  InstantVector(
    node: .call(function: function, arguments: [range.node]), dimensions: range.dimensions, problems: range.problems)
}

private func aggregate(_ aggregation: Aggregation, _ inner: some Vector, _ labels: [LabelName]) -> InstantVector {
  aggregate(aggregation, inner.vector, names: labels.map(\.text))
}

private func aggregate(_ aggregation: Aggregation, _ inner: InstantVector, names: [String]) -> InstantVector {
  var problems = inner.problems
  if let name = inner.dimensions.firstMissing(of: names) {
    problems.append("\(aggregation.rawValue) by (\(name)): the series have \(inner.dimensions.text)")
  }
  return InstantVector(
    node: .aggregation(aggregation, inner.node, by: names), dimensions: Dimensions(Set(names)), problems: problems)
}
