import MetricModel

/// An expression as a tree. Built by typed values only, so that a tree that PromQL's type checker refuses cannot exist.
package indirect enum Node: Sendable, Hashable {
  case number(Double)
  case string(String)
  case selector(Selector)
  case range(Selector, Window)
  case call(function: String, arguments: [Node])
  /// `parameter` is how many series `topk` leaves.
  case aggregation(Aggregation, Node, by: [String], parameter: Int? = nil)
  case binary(Operator, Node, Node, Matching?)
  /// What the types cannot say, and the families that it asks for.
  case verbatim(String, Set<FamilyDescriptor>)
}

/// Series of one family by its labels.
package struct Selector: Sendable, Hashable {
  package let family: FamilyDescriptor
  /// `_bucket`, `_sum` or `_count` of a histogram, else empty.
  package let suffix: String
  package var matchers: [LabelMatcher]
  /// How long ago, where it is not now.
  package var offset: Period?
  /// The labels of what a recording rule computes, which are neither a family's nor a scrape's.
  let recorded: Dimensions?

  init(
    family: FamilyDescriptor, suffix: String = "", matchers: [LabelMatcher] = [], offset: Period? = nil,
    recorded: Dimensions? = nil
  ) {
    self.family = family
    self.suffix = suffix
    self.matchers = matchers
    self.offset = offset
    self.recorded = recorded
  }

  func dimensions(buckets: Bool) -> Dimensions { recorded ?? Dimensions(selectorOf: family, buckets: buckets) }
}

/// One `label="value"` between braces.
package struct LabelMatcher: Sendable, Hashable {
  package enum Comparison: String, Sendable {
    case equal = "="
    case unequal = "!="
    case match = "=~"
    case mismatch = "!~"
  }
  package let label: String
  package let comparison: Comparison
  package var value: String
  /// Whether Grafana puts the value in: `$name`, in panels only.
  package var isTemplate = false
}

/// How series become fewer.
package enum Aggregation: String, Sendable { case sum, avg, min, max, count, topk }

/// Which labels the two sides of an operation are paired by, where it is not all of them.
package enum Matching: Sendable, Hashable {
  case on([String])
  case ignoring([String])
  /// Many series of the left side to one of the right, whose labels `including` the result takes along.
  case onGroupingLeft([String], including: [String])
}

/// PromQL's binary operators, with its precedence: the one thing that decides about parentheses.
package enum Operator: String, Sendable, CaseIterable {
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case add = "+"
  case subtract = "-"
  case equal = "=="
  case unequal = "!="
  case greater = ">"
  case less = "<"
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case and, unless, or

  /// Higher binds tighter (https://prometheus.io/docs/prometheus/latest/querying/operators/).
  package var precedence: Int {
    switch self {
    case .or: 1
    case .and, .unless: 2
    case .equal, .unequal, .greater, .less, .greaterOrEqual, .lessOrEqual: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo: 5
    }
  }

  package var isComparison: Bool { precedence == 3 }
}

extension Node {
  /// This node and everything under it, outermost first.
  package var subtree: [Node] {
    switch self {
    case .number, .string, .selector, .range, .verbatim: [self]
    case .call(_, let arguments): [self] + arguments.flatMap(\.subtree)
    case .aggregation(_, let inner, _, _): [self] + inner.subtree
    case .binary(_, let left, let right, _): [self] + left.subtree + right.subtree
    }
  }

  /// The families that it asks for.
  package var families: Set<FamilyDescriptor> {
    subtree.reduce(into: []) { families, node in
      switch node {
      case .selector(let selector), .range(let selector, _): families.insert(selector.family)
      case .verbatim(_, let asked): families.formUnion(asked)
      case .number, .string, .call, .aggregation, .binary: break
      }
    }
  }
}
