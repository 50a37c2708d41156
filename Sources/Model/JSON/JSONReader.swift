/// Takes a JSON text apart, byte by byte; RFC 8259's sections are named where they decide.
struct JSONReader {
  /// Arrays and objects in one another: each costs a stack frame.
  static let maximumDepth = 64

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func whole() throws(JSONMistake) -> JSONValue {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw mistake("something stands behind the value") }
    return value
  }

  private func mistake(_ problem: String) -> JSONMistake { JSONMistake(offset: position, problem: problem) }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// §2: four bytes are white space.
  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONMistake) -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .object(try nested { reader throws(JSONMistake) in try reader.members() })
    case UInt8(ascii: "["): return .array(try nested { reader throws(JSONMistake) in try reader.elements() })
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw mistake("the text ends before its value")
    default: return .number(try number())
    }
  }

  private mutating func nested<Value>(
    _ body: (inout Self) throws(JSONMistake) -> Value
  ) throws(JSONMistake) -> Value {
    guard depth < Self.maximumDepth else { throw mistake("more than \(Self.maximumDepth) levels") }
    depth += 1
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func members() throws(JSONMistake) -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    if skip(UInt8(ascii: "}")) { return members }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw mistake("a member has no name") }
      let name = try string()
      guard skip(UInt8(ascii: ":")) else { throw mistake("no colon behind a name") }
      members[name] = try value()
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "}")) else { throw mistake("an object does not end") }
    return members
  }

  private mutating func elements() throws(JSONMistake) -> [JSONValue] {
    var elements: [JSONValue] = []
    if skip(UInt8(ascii: "]")) { return elements }
    repeat { elements.append(try value()) } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "]")) else { throw mistake("an array does not end") }
    return elements
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONMistake) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw mistake("an unknown word") }
    position += word.utf8.count
    return value
  }

  /// §6: no sign but the minus, no zero in front, digits on both sides of the point.
  private mutating func number() throws(JSONMistake) -> JSONNumber {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let first = next
    let whole = digits()
    guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else { throw mistake("no value") }
    if next == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else { throw mistake("no digit behind the point") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard digits() > 0 else { throw mistake("no digit in the exponent") }
    }
    return JSONNumber(checked: String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = next, byte &- UInt8(ascii: "0") < 10 { position += 1 }
    return position - start
  }

  /// §7: control characters are escaped; the text is UTF-8. Most have no escape, and are taken as they stand.
  private mutating func string() throws(JSONMistake) -> String {
    position += 1
    let start = position
    var unescaped: [UInt8] = []
    var copied = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let isPlain = copied == start
        if !isPlain { unescaped += bytes[copied..<position] }
        let text = isPlain ? bytes[start..<position] : unescaped[...]
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw mistake("a string is no UTF-8") }
        return string
      }
      if byte < 0x20 { throw mistake("a control character in a string") }
      guard byte == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      unescaped += bytes[copied..<position]
      position += 1
      try escape(into: &unescaped)
      copied = position
    }
    throw mistake("a string does not end")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONMistake) {
    guard let byte = next else { throw mistake("a string does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += Array(String(Character(try scalar())).utf8)
    default: throw mistake("an unknown escape")
    }
  }

  /// What lies above 16 bits is written as two halves.
  private mutating func scalar() throws(JSONMistake) -> Unicode.Scalar {
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
      throw mistake("half a character")
    }
    position += 2
    let low = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x1_0000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw mistake("half a character") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONMistake) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw mistake("no four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
