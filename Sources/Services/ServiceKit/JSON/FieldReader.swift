import Decimal
import FoundationEssentials

/// Reads the fields of a JSON object and collects what is wrong with each, so that a client learns of all of them
/// in one answer.
package struct FieldReader {
  private let fields: [String: JSONValue]
  private var known: Set<String> = []
  private var problems: [FieldProblem] = []

  package init(_ fields: [String: JSONValue]) { self.fields = fields }

  /// After the last field: throws where a field was wrong or nobody asked for it.
  package mutating func finish() throws(Problem) {
    for name in fields.keys.sorted() where !known.contains(name) {
      problems.append(FieldProblem(field: name, message: "no es un campo de esta operación"))
    }
    if !problems.isEmpty { throw .validation(problems) }
  }

  /// Notes a problem that the caller found in a field.
  package mutating func reject(_ name: String, _ message: String) {
    problems.append(FieldProblem(field: name, message: message))
  }

  /// A text of a bounded length in characters, without control characters. Returns "" where it noted a problem.
  package mutating func text(_ name: String, length: ClosedRange<Int>) -> String {
    optionalText(name, length: length) ?? requiredMissing(name, "")
  }

  package mutating func optionalText(_ name: String, length: ClosedRange<Int>) -> String? {
    guard let value = take(name) else { return nil }
    guard case .string(let text) = value else { return note(name, "tiene que ser un texto", "") }
    let trimmed = text.trimmingWhitespace
    guard length.contains(trimmed.count) else {
      return note(name, "tiene que tener entre \(length.lowerBound) y \(length.upperBound) caracteres", "")
    }
    guard !trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return note(name, "no puede tener caracteres de control", "")
    }
    return trimmed
  }

  /// A password: any text that is not empty, taken as it is.
  package mutating func secret(_ name: String, maximumBytes: Int) -> String {
    guard let value = take(name) else { return requiredMissing(name, "") }
    guard case .string(let text) = value, (1...maximumBytes).contains(text.utf8.count) else {
      return note(name, "tiene que ser un texto de hasta \(maximumBytes) bytes", "")
    }
    return text
  }

  package mutating func decimal<Scale>(
    _ name: String, in range: ClosedRange<FixedDecimal<Scale>>
  ) -> FixedDecimal<Scale> {
    optionalDecimal(name, in: range) ?? requiredMissing(name, .zero)
  }

  package mutating func optionalDecimal<Scale>(
    _ name: String, in range: ClosedRange<FixedDecimal<Scale>>
  ) -> FixedDecimal<Scale>? {
    guard let value = take(name) else { return nil }
    guard case .number(let number) = value else { return note(name, "tiene que ser un número", .zero) }
    switch FixedDecimal<Scale>.parse(number.description) {
    case .success(let decimal) where range.contains(decimal): return decimal
    case .failure(.tooManyDecimals(let limit)): return note(name, "admite hasta \(limit) decimales", .zero)
    default:
      return note(name, "tiene que estar entre \(range.lowerBound) y \(range.upperBound)", .zero)
    }
  }

  package mutating func identifier(_ name: String) -> Int64 {
    guard let value = take(name) else { return requiredMissing(name, 0) }
    guard case .number(let number) = value, let identifier = Int64(number.description), identifier > 0 else {
      return note(name, "tiene que ser un entero positivo", 0)
    }
    return identifier
  }

  /// One of the cases of an enum, by raw value.
  package mutating func choice<Choice>(_ name: String, of type: Choice.Type) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    guard let value = take(name) else { return requiredMissing(name, nil) }
    guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
      return note(name, "tiene que ser uno de: \(names)", nil)
    }
    return choice
  }

  /// nil where the field is absent or null.
  private mutating func take(_ name: String) -> JSONValue? {
    known.insert(name)
    return fields[name].flatMap { $0 == .null ? nil : $0 }
  }

  private mutating func requiredMissing<Value>(_ name: String, _ value: Value) -> Value {
    note(name, "es obligatorio", value)
  }

  /// What it returns keeps the reader going; `finish` throws before anybody uses it.
  private mutating func note<Value>(_ name: String, _ message: String, _ value: Value) -> Value {
    problems.append(FieldProblem(field: name, message: message))
    return value
  }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
