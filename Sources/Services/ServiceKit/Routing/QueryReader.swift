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

  /// Returns "" where it noted a problem.
  package mutating func requiredText(_ name: String) -> String {
    if let text = text(name) { return text }
    if parameters[Substring(name)]?.isEmpty ?? true { return note(name, "es obligatorio") ?? "" }
    return ""
  }

  package mutating func integer(_ name: String, in range: ClosedRange<Int>, default value: Int) -> Int {
    guard let text = text(name) else { return value }
    guard let number = Int(text), range.contains(number) else {
      return note(name, "tiene que ser un entero entre \(range.lowerBound) y \(range.upperBound)") ?? value
    }
    return number
  }

  package mutating func identifier(_ name: String) -> Int64? {
    guard let text = text(name) else { return nil }
    guard let number = Int64(text), number > 0 else { return note(name, "tiene que ser un entero positivo") }
    return number
  }

  /// A day as RFC 3339 writes it: `2026-12-31`.
  package mutating func day(_ name: String) -> String? {
    guard let text = text(name) else { return nil }
    guard Self.isDay(text) else { return note(name, "tiene que ser un día, como 2026-12-31") }
    return text
  }

  static func isDay(_ text: String) -> Bool {
    text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil && isOnTheCalendar(text)
  }

  /// A day or an instant of RFC 3339, as the client wrote it: PostgreSQL reads both. A `+` that came as a space is one.
  package mutating func instant(_ name: String) -> String? {
    guard let text = text(name)?.replacing(" ", with: "+") else { return nil }
    let isDay = text.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)/) != nil
    let isInstant = text.wholeMatch(of: /\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)/) != nil
    guard isDay || isInstant, Self.isOnTheCalendar(text) else {
      return note(name, "tiene que ser un día (2026-01-31) o un instante (2026-01-31T10:00:00Z)")
    }
    return text
  }

  /// PostgreSQL refuses what is not, hours and offsets included.
  private static func isOnTheCalendar(_ text: String) -> Bool {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count >= 3, numbers[0] >= 1, (1...12).contains(numbers[1]) else { return false }
    let isLeap = numbers[0].isMultiple(of: 4) && !numbers[0].isMultiple(of: 100) || numbers[0].isMultiple(of: 400)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...days[numbers[1] - 1]).contains(numbers[2]) else { return false }
    if numbers.count == 3 { return true }
    guard numbers.count >= 6, numbers[3] < 24, numbers[4] < 60, numbers[5] < 60 else { return false }
    let offset = text.suffix(6)
    guard offset.first == "+" || offset.first == "-" else { return true }
    return (Int(offset.dropFirst().prefix(2)) ?? 99) < 16 && (Int(offset.suffix(2)) ?? 99) < 60
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
