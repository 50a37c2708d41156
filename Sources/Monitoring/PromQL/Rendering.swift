import MetricModel

/// An expression that no type refused and that would not do what it says.
package struct InvalidExpression: Error, CustomStringConvertible {
  package let problems: [String]
  package var description: String { problems.joined(separator: "; ") }
}

extension InstantVector {
  /// As Prometheus formats it, on one line.
  package func rendered() throws(InvalidExpression) -> String {
    guard problems.isEmpty else { throw InvalidExpression(problems: problems) }
    return node.text
  }
}

extension Node {
  /// PromQL on one line. The only place that adds parentheses: around an operand that binds looser than its operator,
  /// or as loosely and on the right, since PromQL's operators associate to the left.
  package var text: String {
    switch self {
    case .number(let value): value.promQL
    case .string(let text): "\"\(text.promQLEscaped)\""
    case .selector(let selector): selector.text
    case .range(let selector, let window): selector.text(window: window)
    case .verbatim(let text, _): text
    case .call(let function, let arguments): "\(function)(\(arguments.map(\.text).joined(separator: ", ")))"
    case .aggregation(let aggregation, let inner, let labels, let parameter):
      aggregation.rawValue + (labels.isEmpty ? "" : " by (\(labels.joined(separator: ", "))) ")
        + "(\(parameter.map { "\($0), " } ?? "")\(inner.text))"
    case .binary(let operation, let left, let right, let matching):
      [
        left.operand(within: operation.precedence), operation.rawValue, matching?.text,
        right.operand(within: operation.precedence + 1),
      ].compactMap { $0 }.joined(separator: " ")
    }
  }

  private func operand(within precedence: Int) -> String {
    switch self {
    case .binary(let operation, _, _, _) where operation.precedence < precedence: "(\(text))"
    case .verbatim: "(\(text))"
    default: text
    }
  }
}

extension Selector {
  /// Prometheus sorts the matchers.
  fileprivate var text: String { text(window: nil) }

  fileprivate func text(window: Window?) -> String {
    let braces = matchers.map(\.text).sorted()
    return family.name + suffix + (braces.isEmpty ? "" : "{\(braces.joined(separator: ","))}")
      + (window.map { "[\($0.text)]" } ?? "") + (offset.map { " offset \($0.text)" } ?? "")
  }
}

extension LabelMatcher {
  /// As it stands between braces, in PromQL and in LogQL.
  package var text: String { "\(label)\(comparison.rawValue)\"\(value.promQLEscaped)\"" }
}

extension Matching {
  fileprivate var text: String {
    switch self {
    case .on(let names): "on (\(names.joined(separator: ", ")))"
    case .ignoring(let names): "ignoring (\(names.joined(separator: ", ")))"
    case .onGroupingLeft(let names, let including):
      "on (\(names.joined(separator: ", "))) group_left (\(including.joined(separator: ", ")))"
    }
  }
}

extension Double {
  /// As Prometheus prints it: the shortest digits, whole numbers without a fraction, an exponent from a million on
  /// (Go's `strconv.FormatFloat(value, 'g', -1, 64)`).
  package var promQL: String {
    guard magnitude >= 1e6, magnitude < 1e15 else {
      if let whole = Int(exactly: self) { return String(whole) }
      return String(self)
    }
    let parts = String(magnitude).split(separator: ".")
    let digits = String(parts.joined().reversed().drop { $0 == "0" }.reversed())
    let exponent = parts[0].count - 1
    let fraction = digits.dropFirst().isEmpty ? "" : ".\(digits.dropFirst())"
    return "\(self < 0 ? "-" : "")\(digits.prefix(1))\(fraction)e+\(exponent < 10 ? "0" : "")\(exponent)"
  }
}

extension String {
  /// For between double quotes.
  fileprivate var promQLEscaped: String {
    map { character in
      switch character {
      case "\\": #"\\"#
      case "\"": #"\""#
      case "\n": #"\n"#
      default: String(character)
      }
    }.joined()
  }
}
