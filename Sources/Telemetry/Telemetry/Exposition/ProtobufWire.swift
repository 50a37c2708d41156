/// The wire format of protocol buffers (https://protobuf.dev/programming-guides/encoding/), as far as metrics use it.
extension OutputBuffer {
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// Small magnitudes of either sign are short.
  mutating func append(zigzag value: Int64) { append(varint: UInt64(bitPattern: value << 1 ^ value >> 63)) }

  mutating func append(field: UInt64, varint value: UInt64) {
    append(varint: field << 3)
    append(varint: value)
  }

  mutating func append(field: UInt64, signed value: Int64) {
    append(varint: field << 3)
    append(zigzag: value)
  }

  mutating func append(field: UInt64, double value: Double) {
    append(varint: field << 3 | 1)
    let bits = value.bitPattern
    for shift in stride(from: UInt64(0), to: 64, by: 8) { append(UInt8(truncatingIfNeeded: bits >> shift)) }
  }

  mutating func append(field: UInt64, _ text: String) {
    append(varint: field << 3 | 2)
    append(varint: UInt64(text.utf8.count))
    append(text)
  }

  mutating func append(field: UInt64, message: borrowing OutputBuffer) {
    append(varint: field << 3 | 2)
    append(varint: UInt64(message.count))
    append(contentsOf: message)
  }
}
