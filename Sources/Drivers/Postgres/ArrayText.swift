/// One-dimensional arrays in PostgreSQL's text format: `{1,NULL,"a \"b\""}`.
///
/// Source: PostgreSQL documentation, 8.15.2 "Array Value Input" and 8.15.6 "Array Input and Output Syntax".
enum ArrayText {
  /// An element as it stands in an array, always between quotes; nil is NULL.
  static func append(_ element: String?, to bytes: inout [UInt8]) {
    guard var element else { return bytes.append(contentsOf: "NULL".utf8) }
    bytes.append(UInt8(ascii: "\""))
    element.withUTF8 { text in
      var copied = 0
      for index in text.indices where text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "\\") {
        bytes.append(contentsOf: text[copied..<index])
        bytes.append(UInt8(ascii: "\\"))
        copied = index
      }
      bytes.append(contentsOf: text[copied...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The elements, NULL as nil. Nil for anything else than a one-dimensional array with the default bounds.
  static func elements(of text: String) -> [String?]? {
    var utf8 = text.utf8[...]
    guard utf8.popFirst() == UInt8(ascii: "{"), utf8.popLast() == UInt8(ascii: "}") else { return nil }
    if utf8.isEmpty { return [] }
    var elements: [String?] = []
    while true {
      guard let element = utf8.first == UInt8(ascii: "\"") ? quoted(&utf8) : bare(&utf8) else { return nil }
      elements.append(element)
      guard let separator = utf8.popFirst() else { return elements }
      guard separator == UInt8(ascii: ",") else { return nil }
    }
  }

  private static func quoted(_ utf8: inout Substring.UTF8View) -> String?? {
    utf8.removeFirst()
    var bytes: [UInt8] = []
    while let byte = utf8.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return .some(String(decoding: bytes, as: UTF8.self))
      case UInt8(ascii: "\\"):
        guard let escaped = utf8.popFirst() else { return nil }
        bytes.append(escaped)
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private static func bare(_ utf8: inout Substring.UTF8View) -> String?? {
    let bytes = utf8.prefix { $0 != UInt8(ascii: ",") }
    utf8 = utf8[bytes.endIndex...]
    let special: [UInt8] = [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\"")]
    guard !bytes.isEmpty, !bytes.contains(where: special.contains) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return .some(text == "NULL" ? nil : text)
  }
}
