import Synchronization

/// What an up-down's series are counted in: what was added and what was taken, each of which only grows. A reader looks
/// at what was taken first, so that it sees the addition of everything whose end it sees, and no value below the true
/// ones.
@usableFromInline final class UpDownCells: Sendable {
  /// Two cells a series: added, taken.
  @usableFromInline let sharded: ShardedCells

  init(count: Int) { sharded = ShardedCells(count: 2 * count) }

  deinit { sharded.deallocate() }

  @inlinable func add(_ amount: Int, at slot: Int) {
    if amount >= 0 {
      sharded.add(UInt64(amount), at: 2 * slot)
    } else {
      sharded.add(UInt64(amount.magnitude), at: 2 * slot + 1)
    }
  }

  func isTouched(at slot: Int) -> Bool {
    let reader = sharded.reader()
    return reader.total(at: 2 * slot) | reader.total(at: 2 * slot + 1) != 0
  }

  func value(at slot: Int) -> Int {
    let taken = sharded.reader().total(at: 2 * slot + 1)
    // Anew: an addition may have been the first of its thread.
    return Int(Int64(bitPattern: sharded.reader().total(at: 2 * slot) &- taken))
  }
}
