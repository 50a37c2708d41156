import Decimal
import FoundationEssentials

/// Any JSON. Numbers stay decimal: they never pass through a binary float.
package enum JSONValue: Sendable, Equatable, Codable {
  case null
  case bool(Bool)
  case number(FoundationEssentials.Decimal)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(FoundationEssentials.Decimal.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  package init(_ value: Int64) { self = .number(FoundationEssentials.Decimal(value)) }

  /// An exact number of ours as JSON.
  package init<Scale>(_ value: FixedDecimal<Scale>) {
    self = .number(FoundationEssentials.Decimal(value.units) / FoundationEssentials.Decimal(Scale.factor))
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .number(FoundationEssentials.Decimal(value)) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { $1 })
  }
  package init(nilLiteral: ()) { self = .null }
}

extension FixedDecimal: Encodable {
  /// A JSON number with no more digits than it needs.
  package func encode(to encoder: any Encoder) throws { try JSONValue(self).encode(to: encoder) }
}
