/// The few parts of the protobuf encoding that a push request needs
/// (https://protobuf.dev/programming-guides/encoding/).
enum Protobuf {
  /// A negative number takes ten bytes.
  static func varintByteCount(_ value: Int) -> Int { value == 0 ? 1 : (70 - value.leadingZeroBitCount) / 7 }

  static func appendVarint(_ value: UInt64, to bytes: inout [UInt8]) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  static func appendVarint(field: UInt8, _ value: Int, to bytes: inout [UInt8]) {
    bytes.append(field << 3)
    appendVarint(UInt64(bitPattern: Int64(value)), to: &bytes)
  }

  /// The beginning of a string or message of `byteCount` bytes.
  static func appendHeader(field: UInt8, byteCount: Int, to bytes: inout [UInt8]) {
    bytes.append(field << 3 | 2)
    appendVarint(UInt64(byteCount), to: &bytes)
  }

  /// Key, length and content of a string or message; all our fields' keys take one byte.
  static func fieldByteCount(_ byteCount: Int) -> Int { 1 + varintByteCount(byteCount) + byteCount }

  static func readVarint(_ bytes: UnsafeRawBufferPointer, at offset: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard offset < bytes.count else { return nil }
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// The next field of a message that has strings and messages only.
  static func readField(
    _ bytes: UnsafeRawBufferPointer, at offset: inout Int
  ) -> (number: UInt8, content: Range<Int>)? {
    guard offset < bytes.count, bytes[offset] & 7 == 2 else { return nil }
    let number = bytes[offset] >> 3
    offset += 1
    guard let length = readVarint(bytes, at: &offset), length <= UInt64(bytes.count - offset) else { return nil }
    defer { offset += Int(length) }
    return (number, offset..<offset + Int(length))
  }
}
