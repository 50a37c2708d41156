/// JSON (RFC 8259) of the fixture files that the flags for tests name; nothing else here reads JSON.
enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Names in lower case, since Go's decoder does not tell upper from lower.
  case object([String: JSONValue])

  /// nil for what is no JSON.
  init?(_ text: Bytes) {
    var reader = JSONReader(text)
    guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = value
  }

  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  subscript(name: String) -> JSONValue {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  /// "" where it is none.
  var text: String { if case .string(let text) = self { text } else { "" } }

  /// 0 where it is none, as Go leaves a field that is not there.
  var double: Double { if case .number(let number) = self { number } else { 0 } }
}

private struct JSONReader {
  private static let maximumDepth = 32

  private let text: Bytes
  private var position = 0

  init(_ text: Bytes) { self.text = text }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return position == text.count
    }
  }

  private mutating func skipBlanks() { while position < text.count, Bytes.isSpace(text[position]) { position += 1 } }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) -> JSONValue? {
    guard depth < Self.maximumDepth else { return nil }
    if take("{") { return object(depth + 1) }
    if take("[") { return array(depth + 1) }
    if take("\"") { return string().map { .string($0) } }
    let start = position
    while position < text.count, !",]}".utf8.contains(text[position]), !Bytes.isSpace(text[position]) { position += 1 }
    let word = text.part(start..<position)
    if word == "null" { return .null }
    if word == "true" || word == "false" { return .bool(word == "true") }
    return word.isEmpty ? nil : word.double.map { .number($0) }
  }

  private mutating func array(_ depth: Int) -> JSONValue? {
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    repeat {
      guard let element = value(depth: depth) else { return nil }
      elements.append(element)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func object(_ depth: Int) -> JSONValue? {
    var members: [String: JSONValue] = [:]
    if take("}") { return .object(members) }
    repeat {
      guard take("\""), let name = string(), take(":"), let value = value(depth: depth) else { return nil }
      members[name.lowercased()] = value
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  /// Behind the opening quote. Of escapes only those of one character: names of devices have no others.
  private mutating func string() -> String? {
    var bytes: [UInt8] = []
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch text[position] {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(text[position])
      default: return nil
      }
      position += 1
    }
    return nil
  }
}
