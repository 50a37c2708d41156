/// Which series of a family are written already, by the bytes of their labels: a table without allocations a series.
/// Of two series whose hashes are equal somebody else says whether they are the same.
struct SeenSeries {
  private var hashes: [UInt64] = []
  private var indices: [Int32] = []
  private var mask = 0

  /// Nothing seen, and room for so many.
  mutating func begin(count: Int) {
    var size = 4
    while size < count * 2 { size *= 2 }
    mask = size - 1
    if indices.count < size {
      hashes = [UInt64](repeating: 0, count: size)
      indices = [Int32](repeating: -1, count: size)
    } else {
      for index in 0..<size { indices[index] = -1 }
    }
  }

  /// - Returns: false where the series has been seen.
  mutating func insert(
    _ labels: UnsafeBufferPointer<UInt8>, at index: Int, isSame: (_ earlier: Int) -> Bool
  ) -> Bool {
    let hash = Self.hash(labels)
    var place = Int(truncatingIfNeeded: hash) & mask
    while indices[place] >= 0 {
      if hashes[place] == hash, isSame(Int(indices[place])) { return false }
      place = (place + 1) & mask
    }
    hashes[place] = hash
    indices[place] = Int32(truncatingIfNeeded: index)
    return true
  }

  /// Eight bytes at a time, mixed as MurmurHash3's 64-bit finalizer does
  /// (https://github.com/aappleby/smhasher/wiki/MurmurHash3).
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(raw.count)
    var offset = 0
    while offset + 8 <= raw.count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < raw.count {
      rest = rest << 8 | UInt64(raw[offset])
      offset += 1
    }
    return mix(hash ^ rest)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xff51_afd7_ed55_8ccd
    value = (value ^ value >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return value ^ value >> 33
  }
}
