/// Cuts a stream into lines, piece by piece: one is held.
package struct LineParser: Sendable {
  package static let maximumLineBytes = 64 << 10

  package struct Line: Sendable, Equatable {
    /// From 1.
    package let number: Int
    package let bytes: [UInt8]
  }

  private var pending: [UInt8] = []
  private var number = 0

  package init() {}

  /// - Returns: the lines that end in this piece, without their ends; empty ones are left out.
  /// - Throws: the number of a line that is too long.
  package mutating func read(_ bytes: some Sequence<UInt8>) throws(CSVParser.Broken) -> [Line] {
    var lines: [Line] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if let line = end() { lines.append(line) }
      } else if pending.count == Self.maximumLineBytes {
        throw CSVParser.Broken(line: number + 1, message: "una línea supera los \(Self.maximumLineBytes) bytes")
      } else {
        pending.append(byte)
      }
    }
    return lines
  }

  /// The last line, where the stream does not end in a line end.
  package mutating func finish() -> Line? { end() }

  private mutating func end() -> Line? {
    number += 1
    if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
    defer { pending = [] }
    return pending.isEmpty ? nil : Line(number: number, bytes: pending)
  }
}
