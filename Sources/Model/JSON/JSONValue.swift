/// A JSON text (RFC 8259) as a value. Strict, bounded in depth, without Foundation.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  /// Of names that occur twice the last counts.
  case object([String: JSONValue])

  /// - Throws: where and why the text is none.
  package init(_ text: some Sequence<UInt8>) throws(JSONMistake) {
    var reader = JSONReader(Array(text))
    self = try reader.whole()
  }

  /// nil where this is no object, or has no such member.
  package subscript(_ name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  package var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }
  package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { $1 })
  }
  package init(nilLiteral: ()) { self = .null }
}

extension JSONValue: Encodable {
  /// Members in the order of their names, so that equal values are equal texts.
  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .object(let members):
      var container = encoder.container(keyedBy: MemberName.self)
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        try container.encode(value, forKey: MemberName(stringValue: name))
      }
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let bool):
      var container = encoder.singleValueContainer()
      try container.encode(bool)
    case .number(let number):
      var container = encoder.singleValueContainer()
      try container.encode(number)
    case .string(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
  }

  private struct MemberName: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}

/// A number as the text has it (RFC 8259 §6): no digit is lost, whoever reads it decides what it becomes.
package struct JSONNumber: Sendable, Hashable {
  /// In the grammar of RFC 8259 §6.
  package let text: String

  init(checked text: String) { self.text = text }

  package init(_ integer: some BinaryInteger) { text = "\(integer)" }

  /// nil where the text is no number.
  package init?(_ text: String) {
    guard case .number(let number)? = try? JSONValue(text.utf8) else { return nil }
    self = number
  }

  /// `units` of the last of so many decimals, with no more digits than the number needs: 1250 of 3 decimals is `1.25`.
  package init(units: Int64, decimals: Int) {
    // A sign, 19 digits, a point and a zero before it at most.
    text = String(unsafeUninitializedCapacity: decimals + 22) { text in
      var rest = units.magnitude
      var start = text.count
      var (digits, isWritten) = (0, false)
      while rest > 0 || digits <= decimals {
        if digits == decimals, isWritten {
          start -= 1
          text[start] = UInt8(ascii: ".")
        }
        // Zeros at the end of the fraction are left out.
        isWritten = isWritten || digits >= decimals || rest % 10 > 0
        if isWritten {
          start -= 1
          text[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        }
        rest /= 10
        digits += 1
      }
      if units < 0 {
        start -= 1
        text[start] = UInt8(ascii: "-")
      }
      for index in start..<text.count { text[index - start] = text[index] }
      return text.count - start
    }
  }

  /// The nearest; of large integers the last digits are lost.
  package var double: Double { Double(text) ?? .nan }
}

extension JSONNumber: Encodable {
  /// - Throws: where the encoder is not a `JSONWriter`: others would make a binary float of it.
  package func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self, .init(codingPath: encoder.codingPath, debugDescription: "only JSONWriter writes exact numbers"))
  }
}

/// What a text does that JSON does not.
package struct JSONMistake: Error, CustomStringConvertible, Equatable {
  /// Bytes from the beginning.
  package let offset: Int
  package let problem: String
  package var description: String { "byte \(offset): \(problem)" }
}
