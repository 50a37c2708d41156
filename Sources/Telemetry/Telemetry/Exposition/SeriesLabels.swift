/// The labels of one series: their values, and how they read in text, rendered once.
///
/// `@unchecked`: `text` is written in `init` alone and freed with the object.
final class SeriesLabels: @unchecked Sendable {
  let values: [String]
  /// Where they are not the family's; in the legacy alphabet.
  let ownNames: [String]?
  /// `method="GET",route="/health"`, values escaped; every text format agrees here.
  let text: UnsafeBufferPointer<UInt8>

  init(names: [String], values: [String], areOwn: Bool = false) {
    self.values = values
    ownNames = areOwn ? names : nil
    var buffer = OutputBuffer(capacity: 64)
    Self.append(names: names, values: values, to: &buffer)
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count)
    _ = copy.initialize(from: UnsafeBufferPointer(start: buffer.start, count: buffer.count))
    text = UnsafeBufferPointer(copy)
  }

  deinit { text.deallocate() }

  /// A reference that costs no counting, for whoever knows that the series outlives it.
  var unretained: Unmanaged<SeriesLabels> { .passUnretained(self) }

  static func append(names: [String], values: [String], to buffer: inout OutputBuffer) {
    for (index, (name, value)) in zip(names, values).enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      buffer.append(name)
      buffer.append("=\"")
      buffer.append(escaping: value, quotes: true)
      buffer.append(UInt8(ascii: "\""))
    }
  }
}

extension OutputBuffer {
  /// A label's value or a help text: `\`, line feed and, where it is asked for, `"` (text formats, "Comments, help text,
  /// and type information").
  mutating func append(escaping text: String, quotes: Bool) {
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while let index = rest.firstIndex(where: { Self.needsEscape($0, quotes: quotes) }) {
        append(UnsafeBufferPointer(rebasing: rest[..<index]))
        append(UInt8(ascii: "\\"))
        append(rest[index] == UInt8(ascii: "\n") ? UInt8(ascii: "n") : rest[index])
        rest = rest[(index + 1)...]
      }
      append(UnsafeBufferPointer(rebasing: rest))
    }
  }

  private static func needsEscape(_ byte: UInt8, quotes: Bool) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") || (quotes && byte == UInt8(ascii: "\""))
  }
}
