/// A JSON document as a value that keeps its order, so that a diff shows what changed.
package indirect enum JSON: Sendable, Equatable {
  case null
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([JSON])
  case object([Entry])

  package struct Entry: Sendable, Equatable {
    package let key: String
    package let value: JSON
    package init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int) { self = .number(Double(value)) }
  package init(booleanLiteral value: Bool) { self = .flag(value) }
  package init(arrayLiteral elements: JSON...) { self = .list(elements) }
  package init(nilLiteral: ()) { self = .null }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Entry(key: $0.0, value: $0.1) })
  }
}

extension JSON {
  /// RFC 8259, two spaces a level, a line feed at the end.
  package var rendered: String { text(indent: "") + "\n" }

  /// On one line, without a space.
  package var compact: String {
    switch self {
    case .list(let items): "[\(items.map(\.compact).joined(separator: ","))]"
    case .object(let entries):
      "{\(entries.map { "\(Self.quoted($0.key)):\($0.value.compact)" }.joined(separator: ","))}"
    case .null, .text, .number, .flag: text(indent: "")
    }
  }

  private func text(indent: String) -> String {
    let deeper = indent + "  "
    switch self {
    case .null: return "null"
    case .text(let text): return Self.quoted(text)
    case .number(let number): return Int(exactly: number).map { String($0) } ?? String(number)
    case .flag(let flag): return String(flag)
    case .list([]): return "[]"
    case .object([]): return "{}"
    case .list(let items):
      return "[\n\(items.map { deeper + $0.text(indent: deeper) }.joined(separator: ",\n"))\n\(indent)]"
    case .object(let entries):
      let lines = entries.map { "\(deeper)\(Self.quoted($0.key)): \($0.value.text(indent: deeper))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": #"\""#
      case "\\": #"\\"#
      case "\n": #"\n"#
      case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
