import ExporterKit

/// A line of the text format, taken apart from its beginning.
struct ExpositionLine {
  private let bytes: Bytes
  private var position = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  var isAtBlank: Bool { bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t") }

  var rest: Bytes { bytes.part(position..<max(position, bytes.count)) }

  mutating func skipBlanks() { while !isAtEnd, isAtBlank { position += 1 } }

  /// - Returns: whether the byte was there.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard !isAtEnd, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Up to the next blank.
  mutating func word() -> Bytes {
    let start = position
    while !isAtEnd, !isAtBlank { position += 1 }
    return bytes.part(start..<position)
  }

  /// - Parameters:
  ///   - colons: whether they are allowed, as in the names of metrics.
  ///   - what: whose name it is, for the mistake.
  mutating func name(colons: Bool, _ what: String) throws(ExpositionMistake) -> String {
    let start = position
    while !isAtEnd, Self.isNameByte(bytes[position], isFirst: position == start, colons) { position += 1 }
    guard position > start else { throw ExpositionMistake("has an invalid \(what) name") }
    return bytes.part(start..<position).string
  }

  private static func isNameByte(_ byte: UInt8, isFirst: Bool, _ colons: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
    case UInt8(ascii: ":"): colons
    default: false
    }
  }

  /// What stands behind `{`, up to `}`; a comma may stand before it.
  mutating func labels() throws(ExpositionMistake) -> [ForeignFamily.Label] {
    var labels: [ForeignFamily.Label] = []
    while true {
      skipBlanks()
      if skip(UInt8(ascii: "}")) { return labels }
      let name = try name(colons: false, "label")
      guard !name.hasPrefix("__") else { throw ExpositionMistake("has a label name that is reserved") }
      guard !labels.contains(where: { $0.name == name }) else { throw ExpositionMistake("has a label twice") }
      skipBlanks()
      guard skip(UInt8(ascii: "=")) else { throw ExpositionMistake("has no = behind a label name") }
      skipBlanks()
      guard skip(UInt8(ascii: "\"")) else { throw ExpositionMistake("has no \" before a label value") }
      labels.append(ForeignFamily.Label(name: name, value: try escaped(upTo: UInt8(ascii: "\""))))
      skipBlanks()
      if skip(UInt8(ascii: "}")) { return labels }
      guard skip(UInt8(ascii: ",")) else { throw ExpositionMistake("has neither , nor } behind a label value") }
    }
  }

  /// - Parameter end: nil for the line's; in a label's value quotes are escaped too.
  mutating func escaped(upTo end: UInt8?) throws(ExpositionMistake) -> String {
    let start = position
    var undone: [UInt8]?
    while !isAtEnd, bytes[position] != end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        if undone == nil { undone = bytes.part(start..<position).array }
        position += 1
        switch bytes[position] {
        case UInt8(ascii: "n") where !isAtEnd: undone?.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "\\") where !isAtEnd: undone?.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "\"") where !isAtEnd && end != nil: undone?.append(UInt8(ascii: "\""))
        default: throw ExpositionMistake("has an invalid escape sequence")
        }
      } else {
        undone?.append(byte)
      }
      position += 1
    }
    let text = undone.map { String(validating: $0, as: UTF8.self) } ?? bytes.part(start..<position).validString
    guard let text else { throw ExpositionMistake("is no UTF-8") }
    if let end, !skip(end) { throw ExpositionMistake("ends within a label value") }
    return text
  }

  /// The rest of a sample: its value and nothing else.
  mutating func value() throws(ExpositionMistake) -> Double {
    skipBlanks()
    let word = word()
    guard let value = word.unsigned.map({ Double($0) }) ?? Self.number(word.string) else {
      throw ExpositionMistake("has no number as its value")
    }
    skipBlanks()
    if isAtEnd { return value }
    let timestamp = self.word()
    skipBlanks()
    guard isAtEnd, timestamp.integer != nil else { throw ExpositionMistake("goes on behind its value") }
    throw ExpositionMistake("has a timestamp, which is not supported: the scrape's time is that of every sample")
  }

  /// As Go's `strconv.ParseFloat` reads it, in decimal: without underscores, and nothing that is too large.
  static func number(_ text: String) -> Double? {
    guard !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") || $0 | 0x20 == UInt8(ascii: "p") }),
      let number = Double(text), !text.contains("(")
    else { return nil }
    let isWord = text.utf8.contains { $0 | 0x20 == UInt8(ascii: "n") }
    return number.isFinite || isWord ? number : nil
  }
}
