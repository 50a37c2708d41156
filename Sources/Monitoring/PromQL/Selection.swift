import MetricModel

/// Series of a family, narrowed by labels. Of a plain kind it is an instant vector; with a window, a range vector.
package struct Selection<K: MetricKind, L: LabelSet>: Sendable {
  var selector: Selector
  var problems: [String] = []

  /// A label that the family declares, by its key path.
  package func callAsFunction<V: Label>(_ label: KeyPath<L, V>, _ matcher: Matcher<V>) -> Self {
    var narrowed = narrowed(matcher)
    if !selector.family.labelNames.contains(V.labelName) {
      narrowed.problems.append("\(selector.family.name) has no label \(V.labelName)")
    }
    return narrowed
  }

  /// A label that the scrape adds.
  package func callAsFunction<V: Label>(_ label: TargetLabel<V>, _ matcher: Matcher<V>) -> Self {
    narrowed(matcher)
  }

  package subscript(_ length: Period) -> RangeVector<K> { self[.last(length)] }

  package subscript(_ window: Window) -> RangeVector<K> {
    var ranged = selector
    if K.kind == .histogram {
      ranged = Selector(
        family: ranged.family, suffix: "_bucket", matchers: ranged.matchers, offset: ranged.offset)
    }
    return RangeVector(
      node: .range(ranged, window), dimensions: ranged.dimensions(buckets: K.kind == .histogram), problems: problems)
  }

  /// The same selection, so long ago.
  package func offset(_ period: Period) -> Self {
    var earlier = self
    earlier.selector.offset = period
    return earlier
  }

  private func narrowed<V: Label>(_ matcher: Matcher<V>) -> Self {
    var copy = self
    copy.selector.matchers.append(matcher.matcher)
    return copy
  }
}

extension Selection: Vector where K: ScalarKind {
  package var vector: InstantVector {
    InstantVector(
      node: .selector(selector), dimensions: selector.dimensions(buckets: false), problems: problems)
  }
}

extension Family {
  /// Every series of the family.
  package var selection: Selection<K, L> {
    Selection(selector: Selector(family: descriptor))
  }

  package func callAsFunction<V: Label>(_ label: KeyPath<L, V>, _ matcher: Matcher<V>) -> Selection<K, L> {
    selection(label, matcher)
  }

  package func callAsFunction<V: Label>(_ label: TargetLabel<V>, _ matcher: Matcher<V>) -> Selection<K, L> {
    selection(label, matcher)
  }

  package subscript(_ length: Period) -> RangeVector<K> { selection[length] }
  package subscript(_ window: Window) -> RangeVector<K> { selection[window] }
}

extension Family: Vector where K: ScalarKind {
  package var vector: InstantVector { selection.vector }
}

extension Family where K == Histogram {
  /// How many observations: a counter of its own.
  package var count: Selection<Counter, L> {
    Selection(selector: Selector(family: descriptor, suffix: "_count"))
  }
  /// Sum of the observed values: a counter of its own.
  package var sum: Selection<Counter, L> {
    Selection(selector: Selector(family: descriptor, suffix: "_sum"))
  }
  /// How many observations of at most this value, which must be a bound of the family: a counter of its own. A whole
  /// number is refused, since Prometheus 3 writes `le="1.0"` where 2 writes `le="1"`.
  package func bucket(upTo bound: Double) -> Selection<Counter, L> {
    let matcher = LabelMatcher(label: "le", comparison: .equal, value: bound.promQL)
    var problems: [String] = []
    if !descriptor.bounds.contains(bound) { problems.append("\(name) has no bucket up to \(bound.promQL)") }
    if bound.rounded() == bound { problems.append("\(name): le=\"\(bound.promQL)\" is \"\(bound)\" for Prometheus 3") }
    return Selection(
      selector: Selector(family: descriptor, suffix: "_bucket", matchers: [matcher]), problems: problems)
  }
}

extension Selection where K == Gauge, L == NoLabels {
  /// What a recording rule computed: its series have the labels of the rule's expression.
  package init(recorded family: FamilyDescriptor, labels dimensions: Dimensions) {
    self.init(selector: Selector(family: family, recorded: dimensions))
  }
}
