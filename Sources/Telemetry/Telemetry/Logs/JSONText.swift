/// Strings of JSON (RFC 8259 §7).
enum JSONText {
  private static let hex: StaticString = "0123456789abcdef"
  /// What the longest escape (`\u001f`) makes of a byte.
  private static let longestEscapeBytes = 6

  /// Between quotes. A Swift string is valid UTF-8, so that only quote, backslash and control characters need an
  /// escape; all else, U+2028 and DEL included, stays as it is.
  static func append(_ buffer: UnsafeBufferPointer<UInt8>, isPlain: Bool, to line: inout LineWriter) {
    guard let start = buffer.baseAddress, !buffer.isEmpty else {
      line.append("\"\"")
      return
    }
    line.reserve(isPlain ? buffer.count + 2 : longestEscapeBytes * buffer.count + 2)
    line.put(UInt8(ascii: "\""))
    if isPlain {
      line.put(start, buffer.count)
    } else {
      putEscaped(start, buffer.count, to: &line)
    }
    line.put(UInt8(ascii: "\""))
  }

  static func append(_ text: String, to line: inout LineWriter) {
    var text = text
    text.withUTF8 { buffer in
      append(buffer, isPlain: !ByteClass.of(buffer).contains(.escaped), to: &line)
    }
  }

  private static func putEscaped(_ start: UnsafePointer<UInt8>, _ count: Int, to line: inout LineWriter) {
    var copied = 0
    for index in 0..<count where needsEscape(start[index]) {
      line.put(start + copied, index - copied)
      putEscape(start[index], to: &line)
      copied = index + 1
    }
    line.put(start + copied, count - copied)
  }

  @inline(__always) private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func putEscape(_ byte: UInt8, to line: inout LineWriter) {
    line.put(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): line.put(UInt8(ascii: "n"))
    case UInt8(ascii: "\t"): line.put(UInt8(ascii: "t"))
    case UInt8(ascii: "\r"): line.put(UInt8(ascii: "r"))
    case 0..<0x20:
      for digit in [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")] { line.put(digit) }
      line.put(hex.utf8Start[Int(byte >> 4)])
      line.put(hex.utf8Start[Int(byte & 15)])
    default: line.put(byte)
    }
  }
}
