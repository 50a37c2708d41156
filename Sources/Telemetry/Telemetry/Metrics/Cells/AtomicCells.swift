import Synchronization

/// A flat array of 64-bit atomics that all threads write: for values of which the last one written counts.
///
/// `@unchecked`: the pointer never changes, its memory is only read and written atomically, and it is freed when
/// nobody can reach it any more.
@usableFromInline final class AtomicCells: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<Atomic<UInt64>>
  let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(capacity: count)
    for index in 0..<count { (base + index).initialize(to: Atomic(0)) }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// Adds to a cell that holds a double's bits.
  @inlinable func add(fraction amount: Double, at index: Int) { Self.add(fraction: amount, to: base + index) }

  @inlinable static func add(fraction amount: Double, to cell: UnsafeMutablePointer<Atomic<UInt64>>) {
    var current = cell.pointee.load(ordering: .relaxed)
    while true {
      let desired = (Double(bitPattern: current) + amount).bitPattern
      let outcome = cell.pointee.weakCompareExchange(expected: current, desired: desired, ordering: .relaxed)
      if outcome.exchanged { return }
      current = outcome.original
    }
  }

  @inlinable func set(_ value: Double, at index: Int) {
    // Cells start at +0: a 0 that was set is -0, so that it counts as touched. `value` gives 0 for both.
    store(value == 0 ? (-0.0).bitPattern : value.bitPattern, at: index)
  }

  /// Of a cell that holds a double's bits; never -0.
  func value(at index: Int) -> Double { Double(bitPattern: load(at: index)) + 0 }

  @inlinable func store(_ value: UInt64, at index: Int) { base[index].store(value, ordering: .relaxed) }
  @inlinable func load(at index: Int) -> UInt64 { base[index].load(ordering: .relaxed) }
}
