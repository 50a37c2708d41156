/// A hash of label values that are strings: 8 bytes at a step, folded by a 128-bit multiplication, seeded once a
/// process so that nobody outside can choose values that collide.
@usableFromInline struct LabelHash {
  /// A family keeps it, since reading a global costs a call.
  @usableFromInline static let processSeed = UInt64.random(in: .min ... .max) | 1

  @usableFromInline var state: UInt64

  @inlinable init(seed: UInt64) { state = seed }

  @inlinable @inline(__always) mutating func combine(_ value: String) {
    let isContiguous: Void? = value.utf8.withContiguousStorageIfAvailable { combine($0) }
    if isContiguous == nil { combineSlowly(value) }
  }

  @usableFromInline mutating func combineSlowly(_ value: String) {
    var value = value
    value.withUTF8 { combine($0) }
  }

  @inlinable @inline(__always) mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes.count
    // The length keeps "a", "bc" apart from "ab", "c".
    state ^= UInt64(truncatingIfNeeded: rest) &* 0xA076_1D64_78BD_642F
    guard rest > 0, var next = UnsafeRawPointer(bytes.baseAddress) else { return fold(0x9E37_79B9_7F4A_7C15) }
    while rest > 8 {
      fold(next.loadUnaligned(as: UInt64.self))
      next += 8
      rest -= 8
    }
    fold(rest == 8 ? next.loadUnaligned(as: UInt64.self) : Self.tail(next, rest))
  }

  /// Up to 7 bytes as a word.
  @inlinable @inline(__always) static func tail(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count >= 4 {
      let low = UInt64(bytes.loadUnaligned(as: UInt32.self))
      return low | UInt64((bytes + count - 4).loadUnaligned(as: UInt32.self)) << 32
    }
    let first = UInt64(bytes.load(as: UInt8.self))
    let middle = UInt64(bytes.load(fromByteOffset: count >> 1, as: UInt8.self))
    return first | middle << 8 | UInt64(bytes.load(fromByteOffset: count - 1, as: UInt8.self)) << 16
  }

  @inlinable @inline(__always) mutating func fold(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    state = product.high ^ product.low
  }
}
