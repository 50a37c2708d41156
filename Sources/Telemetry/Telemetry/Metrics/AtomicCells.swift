import Synchronization

/// A flat array of 64-bit atomics: what a family's series are counted in.
///
/// `@unchecked`: the pointer never changes, its memory is only read and written atomically, and it is freed when
/// nobody can reach it any more.
public final class AtomicCells: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<Atomic<UInt64>>
  public let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(capacity: count)
    for index in 0..<count { (base + index).initialize(to: Atomic(0)) }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inlinable func add(whole amount: UInt64, at index: Int) {
    base[index].wrappingAdd(amount, ordering: .relaxed)
  }

  /// Adds to a cell that holds a double's bits.
  @inlinable func add(fraction amount: Double, at index: Int) {
    var current = base[index].load(ordering: .relaxed)
    while true {
      let desired = (Double(bitPattern: current) + amount).bitPattern
      let outcome = base[index].weakCompareExchange(expected: current, desired: desired, ordering: .relaxed)
      if outcome.exchanged { return }
      current = outcome.original
    }
  }

  @inlinable func store(_ value: UInt64, at index: Int) { base[index].store(value, ordering: .relaxed) }
  @inlinable func load(at index: Int) -> UInt64 { base[index].load(ordering: .relaxed) }
}
