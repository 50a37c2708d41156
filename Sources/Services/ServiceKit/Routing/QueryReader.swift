import Hummingbird

/// Reads the parameters of a query string and collects what is wrong with each.
package struct QueryReader {
  /// Longer values are refused.
  package static let maximumValueCharacters = 200

  private let parameters: [Substring: Substring]
  private var problems: [FieldProblem] = []

  /// Of a parameter that comes twice the first counts.
  package init(_ request: Request) {
    parameters = Dictionary(request.uri.queryParameters.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// - Throws: 422 where a parameter was wrong.
  package mutating func finish() throws(Problem) {
    if !problems.isEmpty { throw .validation(problems) }
  }

  package mutating func text(_ name: String) -> String? {
    guard let value = parameters[Substring(name)], !value.isEmpty else { return nil }
    guard value.count <= Self.maximumValueCharacters, !value.utf8.contains(0) else {
      return note(name, "admite hasta \(Self.maximumValueCharacters) caracteres")
    }
    return String(value)
  }

  package mutating func integer(_ name: String, in range: ClosedRange<Int>, default value: Int) -> Int {
    guard let text = text(name) else { return value }
    guard let number = Int(text), range.contains(number) else {
      return note(name, "tiene que ser un entero entre \(range.lowerBound) y \(range.upperBound)") ?? value
    }
    return number
  }

  package mutating func boolean(_ name: String) -> Bool? {
    guard let text = text(name) else { return nil }
    guard let value = Bool(text) else { return note(name, "tiene que ser true o false") }
    return value
  }

  package mutating func choice(_ name: String, of values: [String]) -> String? {
    guard let text = text(name) else { return nil }
    guard values.contains(text) else { return note(name, "tiene que ser uno de: \(values.joined(separator: ", "))") }
    return text
  }

  private mutating func note<Value>(_ name: String, _ message: String) -> Value? {
    problems.append(FieldProblem(field: name, message: message))
    return nil
  }
}
