import Decimal
import JSON

/// Reads the fields of a JSON object and collects what is wrong with each, so that a client learns of all of them
/// in one answer.
package struct FieldReader {
  private var fields: [String: JSONValue]
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

  package var isEmpty: Bool { fields.isEmpty }
  /// Whether the field is there, be it with null.
  package func isPresent(_ name: String) -> Bool { fields.keys.contains(name) }
  package func isNull(_ name: String) -> Bool { fields[name].map { $0 == .null } ?? false }

  /// A text as it came, read by somebody else later.
  package func peekText(_ name: String) -> String? {
    if case .string(let text)? = fields[name] { text } else { nil }
  }

  /// As if the client had sent it.
  package mutating func set(_ name: String, _ value: JSONValue) { fields[name] = value }

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

  /// A list of texts that differ from each other. nil where the field is absent or null.
  package mutating func optionalTexts(
    _ name: String, length: ClosedRange<Int>, count: ClosedRange<Int>
  ) -> [String]? {
    guard let value = take(name) else { return nil }
    let texts: [String]? =
      if case .array(let values) = value {
        values.reduce(into: [String]?.some([])) { texts, value in
          if case .string(let text) = value, length.contains(text.count) { texts?.append(text) } else { texts = nil }
        }
      } else {
        nil
      }
    guard let texts, count.contains(texts.count), Set(texts).count == texts.count else {
      return note(
        name,
        """
        tiene que ser una lista de entre \(count.lowerBound) y \(count.upperBound) textos distintos, de entre \
        \(length.lowerBound) y \(length.upperBound) caracteres
        """, [])
    }
    return texts
  }

  /// A password: any text of a bounded length in bytes, taken as it is.
  package mutating func secret(_ name: String, bytes: ClosedRange<Int>) -> String {
    optionalSecret(name, bytes: bytes) ?? requiredMissing(name, "")
  }

  package mutating func optionalSecret(_ name: String, bytes: ClosedRange<Int>) -> String? {
    guard let value = take(name) else { return nil }
    guard case .string(let text) = value, bytes.contains(text.utf8.count) else {
      return note(name, "tiene que ser un texto de \(bytes.lowerBound) a \(bytes.upperBound) bytes", "")
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
    switch FixedDecimal<Scale>.parse(number.text) {
    case .success(let decimal) where range.contains(decimal): return decimal
    case .failure(.tooManyDecimals(let limit)): return note(name, "admite hasta \(limit) decimales", .zero)
    default:
      return note(name, "tiene que estar entre \(range.lowerBound) y \(range.upperBound)", .zero)
    }
  }

  package mutating func identifier(_ name: String) -> Int64 {
    optionalIdentifier(name) ?? requiredMissing(name, 0)
  }

  package mutating func optionalIdentifier(_ name: String) -> Int64? {
    guard let value = take(name) else { return nil }
    guard case .number(let number) = value, let identifier = number.integer, identifier > 0 else {
      return note(name, "tiene que ser un entero positivo", 0)
    }
    return identifier
  }

  /// A day as RFC 3339 writes it: `2026-12-31`.
  package mutating func optionalDay(_ name: String) -> String? {
    guard let value = take(name) else { return nil }
    guard case .string(let text) = value, QueryReader.isDay(text) else {
      return note(name, "tiene que ser un día, como 2026-12-31", "")
    }
    return text
  }

  /// An object within, to be read by itself; `remaining` says what was wrong in it.
  package mutating func optionalObject(_ name: String) -> FieldReader? {
    guard let value = take(name) else { return nil }
    guard case .object(let fields) = value else { return note(name, "tiene que ser un objeto", nil) }
    return FieldReader(fields)
  }

  /// What `finish` would throw.
  package var remaining: [FieldProblem] {
    var copy = self
    do throws(Problem) {
      try copy.finish()
      return []
    } catch {
      return error.fields
    }
  }

  /// A list of objects, each to be read by itself. Returns [] where it noted a problem.
  package mutating func objects(_ name: String, count: ClosedRange<Int>) -> [FieldReader] {
    guard let value = take(name) else { return requiredMissing(name, []) }
    guard case .array(let values) = value, count.contains(values.count) else {
      return note(name, "tiene que ser una lista de entre \(count.lowerBound) y \(count.upperBound) objetos", [])
    }
    var readers: [FieldReader] = []
    readers.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard case .object(let fields) = value else { return note("\(name)[\(index)]", "tiene que ser un objeto", []) }
      readers.append(FieldReader(fields))
    }
    return readers
  }

  /// One of the cases of an enum, by raw value.
  package mutating func choice<Choice>(_ name: String, of type: Choice.Type) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard fields[name] ?? .null != .null else {
      known.insert(name)
      return requiredMissing(name, nil)
    }
    return optionalChoice(name, of: type)
  }

  package mutating func optionalChoice<Choice>(_ name: String, of type: Choice.Type) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let value = take(name) else { return nil }
    guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      return note(name, "tiene que ser uno de: \(names)", nil)
    }
    return choice
  }

  package mutating func optionalBoolean(_ name: String) -> Bool? {
    guard let value = take(name) else { return nil }
    guard case .bool(let boolean) = value else { return note(name, "tiene que ser true o false", nil) }
    return boolean
  }

  /// nil where the field is absent or null.
  private mutating func take(_ name: String) -> JSONValue? {
    known.insert(name)
    guard let value = fields[name], value != .null else { return nil }
    return value
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

extension JSONNumber {
  /// What it is where it is whole, be it as `2.0` or `2e3`.
  fileprivate var integer: Int64? { Int64(text) ?? FixedDecimal<Whole>(text)?.units }
}

private enum Whole: DecimalScale {
  static let digits = 0
  static let factor: Int64 = 1
}

extension String {
  fileprivate var trimmingWhitespace: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
