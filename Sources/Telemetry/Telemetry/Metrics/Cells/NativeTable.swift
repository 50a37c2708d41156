import Synchronization

/// The populated buckets of one native histogram as one thread counts them: an open-addressed table of key and count.
/// One thread writes; readers check by the histogram's sequence number that what they read belongs together.
///
/// `@unchecked`: the memory is atomics, and the header is written before the table is published.
@usableFromInline struct NativeTable: @unchecked Sendable {
  @usableFromInline typealias Cells = UnsafeMutablePointer<Atomic<UInt64>>

  /// Cell 0: schema, as a two's complement; 1: the count of the zero bucket; 2: populated buckets; 3: log2 of the
  /// capacity; 4: the address of the scale's words; then pairs of key and count.
  @inlinable static var headerCells: Int { 6 }
  private static let initialCapacityBits = 5

  @usableFromInline let cells: Cells

  @inlinable init(_ cells: Cells) { self.cells = cells }

  init(schema: Int, capacityBits: Int = initialCapacityBits) {
    let count = Self.headerCells + 2 << capacityBits
    cells = .allocate(capacity: count)
    for index in 0..<count { (cells + index).initialize(to: Atomic(0)) }
    cells[0].store(UInt64(bitPattern: Int64(schema)), ordering: .relaxed)
    cells[3].store(UInt64(capacityBits), ordering: .relaxed)
    cells[4].store(UInt64(UInt(bitPattern: NativeScale.of(schema: schema).words)), ordering: .relaxed)
  }

  func deallocate() { cells.deallocate() }

  @inlinable var schema: Int { Int(Int64(bitPattern: cells[0].load(ordering: .relaxed))) }
  /// Nil never: the address was stored in `init`.
  @inlinable var scale: NativeScale? {
    UnsafePointer(bitPattern: UInt(cells[4].load(ordering: .relaxed))).map { NativeScale(words: $0, schema: schema) }
  }
  var zeroCount: UInt64 { cells[1].load(ordering: .relaxed) }
  var populated: Int { Int(cells[2].load(ordering: .relaxed)) }
  @inlinable var capacityBits: Int { Int(cells[3].load(ordering: .relaxed)) }

  @inlinable var zeroCounter: Cells { cells + 1 }

  /// Sign and index as a number that is never 0.
  @inlinable static func key(index: Int, isNegative: Bool) -> UInt64 {
    UInt64(bitPattern: Int64(index) + (1 << 40)) << 1 | (isNegative ? 1 : 0)
  }

  static func index(ofKey key: UInt64) -> (index: Int, isNegative: Bool) {
    (Int(Int64(bitPattern: key >> 1)) - (1 << 40), key & 1 == 1)
  }

  /// Adds to a bucket that may be new; the caller sees to `isFull`.
  func add(_ count: UInt64, to key: UInt64) {
    let cell = place(of: key)
    if cells[cell].load(ordering: .relaxed) == 0 {
      cells[cell].store(key, ordering: .relaxed)
      cells[2].store(UInt64(populated + 1), ordering: .relaxed)
    }
    cells[cell + 1].store(cells[cell + 1].load(ordering: .relaxed) &+ count, ordering: .relaxed)
  }

  /// One more bucket would make the probing long.
  var isFull: Bool { populated >= (1 << capacityBits) / 2 }

  /// The cell of the key, or the free one where it belongs. There is always a free one.
  @inlinable func place(of key: UInt64) -> Int {
    let bits = capacityBits
    let mask = 1 << bits - 1
    var position = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
    while true {
      let cell = Self.headerCells + 2 * position
      let found = cells[cell].load(ordering: .relaxed)
      if found == key || found == 0 { return cell }
      position = (position + 1) & mask
    }
  }

  /// In no order.
  var buckets: [(key: UInt64, count: UInt64)] {
    (0..<(1 << capacityBits)).compactMap { position in
      let cell = Self.headerCells + 2 * position
      let key = cells[cell].load(ordering: .relaxed)
      return key == 0 ? nil : (key, cells[cell + 1].load(ordering: .relaxed))
    }
  }

  /// A copy of another capacity or a lower schema.
  func copied(schema newSchema: Int, capacityBits: Int) -> NativeTable {
    let copy = NativeTable(schema: newSchema, capacityBits: capacityBits)
    copy.cells[1].store(zeroCount, ordering: .relaxed)
    for (key, count) in buckets {
      let (index, isNegative) = Self.index(ofKey: key)
      let lower = NativeScale.halved(index, times: schema - newSchema)
      copy.add(count, to: Self.key(index: lower, isNegative: isNegative))
    }
    return copy
  }
}
