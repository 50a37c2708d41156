import Foundation

/// JSON as tests and drills look at it; numbers stay exact.
package indirect enum JSONScalar: Decodable, Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Decimal)
  case string(String)
  case array([JSONScalar])
  case object([String: JSONScalar])

  /// - Parameter text: a JSON document.
  package init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Decimal.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONScalar].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONScalar].self))
    }
  }

  package subscript(_ key: String) -> JSONScalar? {
    if case .object(let fields) = self { return fields[key] }
    return nil
  }

  package var string: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  package var int: Int? {
    if case .number(let value) = self { return Int(value.description) }
    return nil
  }

  package var number: Decimal? {
    if case .number(let value) = self { return value }
    return nil
  }

  package var array: [JSONScalar]? {
    if case .array(let values) = self { return values }
    return nil
  }
}
