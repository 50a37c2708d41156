/// Writes values as JSON (RFC 8259), members in the order in which a value encodes them and in one pass: no tree is
/// built. A value has one container, as synthesised ones and ours have.
package enum JSONWriter {
  /// - Throws: what the value throws; for a number that JSON does not have.
  package static func bytes(of value: some Encodable) throws -> [UInt8] {
    let text = JSONOutput()
    try text.write(value)
    return text.bytes
  }
}

/// The text so far, and the containers that are open in it.
final class JSONOutput {
  private static let usualBytes = 1_024
  private static let hexadecimal = Array("0123456789abcdef".utf8)

  private(set) var bytes: [UInt8] = []
  /// What ends each open container, from the outside.
  private var ends: [UInt8] = []
  private var isFirst = true

  init() { bytes.reserveCapacity(Self.usualBytes) }

  var depth: Int { ends.count }

  func open(_ start: UInt8, _ end: UInt8) -> Int {
    bytes.append(start)
    ends.append(end)
    isFirst = true
    return depth
  }

  /// Ends what was opened within the container of this depth: a container does not say when it has ended.
  func close(to depth: Int) {
    while ends.count > depth, let end = ends.popLast() {
      bytes.append(end)
      isFirst = false
    }
  }

  /// An element of the container of this depth begins.
  func element(at depth: Int) {
    close(to: depth)
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  func member(_ name: String, at depth: Int) {
    element(at: depth)
    write(name)
    bytes.append(UInt8(ascii: ":"))
  }

  func write<Value: Encodable>(_ value: Value) throws {
    if let number = value as? JSONNumber { return write(number) }
    let (depth, count) = (depth, bytes.count)
    try value.encode(to: JSONElement(output: self))
    // A value without a member asks for no container.
    if bytes.count == count { _ = open(UInt8(ascii: "{"), UInt8(ascii: "}")) }
    close(to: depth)
  }

  func write(_ number: JSONNumber) { bytes.append(contentsOf: number.text.utf8) }

  func writeNull() { bytes.append(contentsOf: "null".utf8) }

  func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

  func write(integer: some BinaryInteger) { bytes.append(contentsOf: "\(integer)".utf8) }

  /// The shortest text that reads as the same number.
  func write(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "JSON has no \(value)"))
    }
    // Whole ones end in ".0", which Swift and JSON both take for the same.
    bytes.append(contentsOf: value.description.utf8)
  }

  /// §7: quote, backslash and control characters are escaped, all else stays as it is.
  func write(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { buffer in
      var copied = 0
      for index in buffer.indices where Self.isEscaped(buffer[index]) {
        bytes.append(contentsOf: buffer[copied..<index])
        escape(buffer[index])
        copied = index + 1
      }
      bytes.append(contentsOf: buffer[copied...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case 0..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(Self.hexadecimal[Int(byte >> 4)])
      bytes.append(Self.hexadecimal[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}
