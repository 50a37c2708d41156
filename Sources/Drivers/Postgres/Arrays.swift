/// What an array of can be sent and read. `UInt8` is the exception: `[UInt8]` is `bytea`.
package protocol PostgresArrayElement: Sendable {
  static var postgresArrayType: PostgresType { get }
  /// Its text may hold what means something between the braces. Numbers hold nothing of the kind.
  static var needsQuotes: Bool { get }
  static func encodeArray(_ array: [Self]) -> String
  static func decodeArray(_ text: String) -> [Self]?
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
  package static var postgresType: PostgresType { Element.postgresArrayType }
  package var postgresText: String? { Element.encodeArray(self) }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
  package init?(postgresText text: String) {
    guard let array = Element.decodeArray(text) else { return nil }
    self = array
  }
}

extension PostgresArrayElement {
  package static var needsQuotes: Bool { true }
}

extension PostgresArrayElement where Self: PostgresEncodable & PostgresDecodable {
  package static func encodeArray(_ array: [Self]) -> String {
    var bytes = [UInt8(ascii: "{")]
    for element in array {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      if needsQuotes {
        ArrayText.append(element.postgresText, to: &bytes)
      } else {
        bytes.append(contentsOf: (element.postgresText ?? "NULL").utf8)
      }
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  package static func decodeArray(_ text: String) -> [Self]? {
    guard let elements = ArrayText.elements(of: text) else { return nil }
    var array: [Self] = []
    for element in elements {
      guard let value = element.map(Self.init(postgresText:)) ?? postgresNull else { return nil }
      array.append(value)
    }
    return array
  }
}

extension Int: PostgresArrayElement {
  package static var needsQuotes: Bool { false }
  package static var postgresArrayType: PostgresType { .int8Array }
}

extension Int64: PostgresArrayElement {
  package static var needsQuotes: Bool { false }
  package static var postgresArrayType: PostgresType { .int8Array }
}

extension Int32: PostgresArrayElement {
  package static var needsQuotes: Bool { false }
  package static var postgresArrayType: PostgresType { .int4Array }
}

extension Double: PostgresArrayElement {
  package static var postgresArrayType: PostgresType { .float8Array }
}

extension Bool: PostgresArrayElement {
  package static var postgresArrayType: PostgresType { .boolArray }
}

extension String: PostgresArrayElement {
  package static var postgresArrayType: PostgresType { .inferred }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement & PostgresEncodable & PostgresDecodable {
  package static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
  package static var needsQuotes: Bool { Wrapped.needsQuotes }
}

/// Bytes in the `hex` format: `\x` and two digits a byte.
extension UInt8: PostgresArrayElement {
  package static var postgresArrayType: PostgresType { .bytea }

  package static func encodeArray(_ array: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = Array("\\x".utf8)
    text.reserveCapacity(2 + 2 * array.count)
    for byte in array {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  package static func decodeArray(_ text: String) -> [UInt8]? {
    let utf8 = Array(text.utf8)
    guard utf8.starts(with: "\\x".utf8), utf8.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count / 2 - 1)
    for index in stride(from: 2, to: utf8.count, by: 2) {
      guard let high = nibble(utf8[index]), let low = nibble(utf8[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
