/// A JSON text (RFC 8259) as a value: for the state that other programs keep on disk. Strict, bounded in depth, without
/// Foundation. Some 20 ns a byte.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// As a double: of large integers the last digits are lost.
  case number(Double)
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
  package var number: Double? { if case .number(let number) = self { number } else { nil } }
  package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
}

/// What a text does that JSON does not.
package struct JSONMistake: Error, CustomStringConvertible, Equatable {
  /// Bytes from the beginning.
  package let offset: Int
  package let problem: String
  package var description: String { "byte \(offset): \(problem)" }
}
