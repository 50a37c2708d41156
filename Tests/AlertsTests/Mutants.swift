import PromQL

extension Node {
  /// This expression with one mistake in it, for each mistake that somebody could make. Left out are those that no
  /// series can tell from the original: `<= 0` for `== 0` of what is 0 or 1, a `sum` for a `max` compared with 0.
  var mutants: [Node] {
    switch self {
    case .number(let value): return [.number(value + 1), .number(value - 1)]
    // What `label_replace` reads and writes.
    case .string(let text): return [.string(text + "_otro")]
    case .selector(let selector): return selector.mutants.map { .selector($0) }
    case .range(let selector, let window): return selector.mutants.map { .range($0, window) }
    case .call(let function, let arguments):
      return arguments.indices.flatMap { index in
        arguments[index].mutants.map { mutant in
          var changed = arguments
          changed[index] = mutant
          return .call(function: function, arguments: changed)
        }
        // Without the function, where the type stays the same.
      } + (["abs", "round"].contains(function) ? arguments : [])
    case .verbatim: return []
    case .aggregation(let aggregation, let inner, let labels, let parameter):
      let opposite: Aggregation? =
        switch aggregation {
        case .max: .min
        case .min: .max
        case .sum, .avg, .count, .topk: nil
        }
      return (opposite.map { [.aggregation($0, inner, by: labels, parameter: parameter)] } ?? [])
        + inner.mutants.map { .aggregation(aggregation, $0, by: labels, parameter: parameter) }
    case .binary(let operation, let left, let right, let matching):
      return operation.mistakes.map { .binary($0, left, right, matching) }
        + (operation.isSetOperation ? [left, right] : [])
        + left.mutants.map { .binary(operation, $0, right, matching) }
        + right.mutants.map { .binary(operation, left, $0, matching) }
    }
  }
}

extension Operator {
  fileprivate var isSetOperation: Bool { self == .and || self == .or || self == .unless }

  fileprivate var mistakes: [Operator] {
    switch self {
    case .equal: [.unequal, .greater, .less, .greaterOrEqual]
    case .unequal: [.equal]
    case .greater: [.greaterOrEqual, .less, .lessOrEqual, .equal]
    case .less: [.lessOrEqual, .greater, .greaterOrEqual, .equal]
    case .greaterOrEqual: [.greater, .less, .equal]
    case .lessOrEqual: [.less, .greater, .equal]
    case .and: [.or, .unless]
    case .or: [.and, .unless]
    case .unless: [.and, .or]
    case .add: [.subtract]
    case .subtract: [.add]
    case .multiply: [.divide]
    case .divide: [.multiply]
    case .modulo: []
    }
  }
}

extension Selector {
  /// Every matcher asks for something else, in turn.
  fileprivate var mutants: [Selector] {
    matchers.indices.map { index in
      var changed = self
      changed.matchers[index].value += "_otro"
      return changed
    }
  }
}
