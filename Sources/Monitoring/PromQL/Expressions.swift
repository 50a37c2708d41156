import MetricModel

/// What an instant vector can be made of: families and selections of plain kinds, and expressions over them.
/// A range vector is none, so that `sum` of one does not compile.
package protocol Vector: Sendable {
  var vector: InstantVector { get }
}

/// One value a series, now.
package struct InstantVector: Vector {
  package let node: Node
  package let dimensions: Dimensions
  /// What is wrong with it, where types could not say so; rendering throws them.
  package let problems: [String]

  package var vector: InstantVector { self }
}

/// Values of a selection over a window.
package struct RangeVector<K: MetricKind>: Sendable {
  let node: Node
  let dimensions: Dimensions
  let problems: [String]
}

/// Rates of a histogram's buckets: what a quantile is taken of. Its `le` survives every aggregation.
package struct Buckets: Sendable {
  let vector: InstantVector
}

/// A number in an expression.
package struct Scalar: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  let node: Node
  package init(_ value: Double) { node = .number(value) }
  package init(floatLiteral value: Double) { self.init(value) }
  package init(integerLiteral value: Int) { self.init(Double(value)) }
  private init(node: Node) { self.node = node }

  /// The moment of the evaluation, in seconds since the epoch.
  package static let time = Scalar(node: .call(function: "time", arguments: []))
}

/// The right side of an operation, with what it is paired by.
package struct Matched: Sendable {
  let vector: InstantVector
  let matching: Matching
}

extension Vector {
  /// `left / right.on(.job)` is PromQL's `left / on (job) right`.
  package func on(_ labels: LabelName...) -> Matched { Matched(vector: vector, matching: .on(labels.map(\.text))) }
  package func ignoring(_ labels: LabelName...) -> Matched {
    Matched(vector: vector, matching: .ignoring(labels.map(\.text)))
  }
  /// One series of this side for many of the left: PromQL's `on (…) group_left (…)`.
  package func on(_ labels: LabelName..., groupLeft including: [LabelName]) -> Matched {
    Matched(
      vector: vector, matching: .onGroupingLeft(labels.map(\.text), including: including.map(\.text)))
  }

  /// Only the series that the other side has too.
  package func and(_ other: some Vector) -> InstantVector { .combine(.and, self, other) }
  package func and(_ other: Matched) -> InstantVector { .combine(.and, self, other.vector, other.matching) }
  /// Only the series that the other side lacks.
  package func unless(_ other: some Vector) -> InstantVector { .combine(.unless, self, other) }
  package func unless(_ other: Matched) -> InstantVector { .combine(.unless, self, other.vector, other.matching) }
  /// These series, and those of the other side that are not among them.
  package func or(_ other: some Vector) -> InstantVector { .combine(.or, self, other) }
  package func or(_ other: Matched) -> InstantVector { .combine(.or, self, other.vector, other.matching) }
}

extension InstantVector {
  /// Pairs two vectors, and notes the missing `on` where their labels differ.
  static func combine(
    _ operation: Operator, _ left: some Vector, _ right: some Vector, _ matching: Matching? = nil
  ) -> InstantVector {
    let (a, b) = (left.vector, right.vector)
    var problems = a.problems + b.problems
    switch matching {
    case .on(let names), .onGroupingLeft(let names, _):
      for (side, vector) in [("left", a), ("right", b)] {
        if let name = vector.dimensions.firstMissing(of: names) {
          problems.append("on(\(name)): the \(side) side of \(operation.rawValue) has \(vector.dimensions.text)")
        }
      }
    case nil, .ignoring:
      let ignored: [String] = if case .ignoring(let names) = matching { names } else { [] }
      let (ours, theirs) = (a.dimensions.removing(ignored), b.dimensions.removing(ignored))
      if operation != .or, ours != theirs || ours.alternatives.count > 1 {
        problems.append(
          "\(operation.rawValue) pairs \(ours.text) with \(theirs.text): say by which labels with .on(…)")
      }
    }
    return InstantVector(
      node: .binary(operation, a.node, b.node, matching),
      dimensions: dimensions(of: operation, a.dimensions, b.dimensions, matching), problems: problems)
  }

  private static func dimensions(
    of operation: Operator, _ a: Dimensions, _ b: Dimensions, _ matching: Matching?
  ) -> Dimensions {
    switch (operation, matching) {
    case (.or, _): a.union(b)
    case (.and, _), (.unless, _), (_, nil): a
    case (_, .on(let names)): Dimensions(Set(names))
    case (_, .ignoring(let names)): a.removing(names)
    case (_, .onGroupingLeft(_, let including)): a.adding(including)
    }
  }

  /// With a number, the series stay as they are.
  static func combine(_ operation: Operator, _ left: some Vector, _ right: Scalar) -> InstantVector {
    let a = left.vector
    return InstantVector(
      node: .binary(operation, a.node, right.node, nil), dimensions: a.dimensions, problems: a.problems)
  }

  static func combine(_ operation: Operator, _ left: Scalar, _ right: some Vector) -> InstantVector {
    let b = right.vector
    return InstantVector(
      node: .binary(operation, left.node, b.node, nil), dimensions: b.dimensions, problems: b.problems)
  }
}

extension InstantVector {
  /// The way out where the types have no word for it. `observability lint` holds the text against the families, and
  /// promtool reads it.
  /// - Parameters:
  ///   - text: PromQL.
  ///   - families: every family that it names.
  ///   - labels: the names that its series have.
  package init(verbatim text: String, asking families: [FamilyDescriptor], labels: [LabelName]) {
    let missing = families.filter { !text.contains($0.name) }.map { "verbatim does not name \($0.name): \(text)" }
    self.init(
      node: .verbatim(text, Set(families)), dimensions: Dimensions(Set(labels.map(\.text))),
      problems: missing + (families.isEmpty ? ["verbatim asks for no family: \(text)"] : []))
  }
}
