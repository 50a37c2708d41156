/// A value that can be read from a column, in PostgreSQL's text format.
package protocol PostgresDecodable {
  /// Nil when the text is no such value. Arrays are read from their elements' texts.
  init?(postgresText text: String)
  /// The same from the bytes of a column, which are UTF-8. Numbers are parsed in place.
  init?(postgresBytes bytes: UnsafeRawBufferPointer)
  /// What NULL reads as; nil, the default, when NULL is an error.
  static var postgresNull: Self? { get }
}

extension PostgresDecodable {
  package static var postgresNull: Self? { nil }
  package init?(postgresBytes bytes: UnsafeRawBufferPointer) {
    self.init(postgresText: String(decoding: bytes, as: UTF8.self))
  }
}

/// Texts are views of bytes here.
private func withBytes<T>(of text: String, _ parse: (UnsafeRawBufferPointer) -> T?) -> T? {
  var text = text
  return text.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
}

extension String: PostgresDecodable {
  package init?(postgresText text: String) { self = text }
}

extension PostgresDecodable where Self: FixedWidthInteger {
  package init?(postgresText text: String) {
    guard let value = withBytes(of: text, TextNumber.integer) else { return nil }
    self.init(exactly: value)
  }

  package init?(postgresBytes bytes: UnsafeRawBufferPointer) {
    guard let value = TextNumber.integer(bytes) else { return nil }
    self.init(exactly: value)
  }
}

extension Int: PostgresDecodable {}
extension Int64: PostgresDecodable {}
extension Int32: PostgresDecodable {}
extension Int16: PostgresDecodable {}

extension Bool: PostgresDecodable {
  package init?(postgresText text: String) { self.init(text == "t" ? true : text == "f" ? false : nil) }

  package init?(postgresBytes bytes: UnsafeRawBufferPointer) {
    self.init(bytes.count == 1 && bytes[0] == UInt8(ascii: "t") ? true : bytes.elementsEqual("f".utf8) ? false : nil)
  }

  private init?(_ value: Bool?) {
    guard let value else { return nil }
    self = value
  }
}

extension Double: PostgresDecodable {
  package init?(postgresText text: String) {
    guard let value = withBytes(of: text, TextNumber.double) else { return nil }
    self = value
  }

  package init?(postgresBytes bytes: UnsafeRawBufferPointer) {
    guard let value = TextNumber.double(bytes) else { return nil }
    self = value
  }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  package init?(postgresText text: String) {
    guard let wrapped = Wrapped(postgresText: text) else { return nil }
    self = wrapped
  }

  package init?(postgresBytes bytes: UnsafeRawBufferPointer) {
    guard let wrapped = Wrapped(postgresBytes: bytes) else { return nil }
    self = wrapped
  }

  package static var postgresNull: Wrapped?? { .some(.none) }
}
