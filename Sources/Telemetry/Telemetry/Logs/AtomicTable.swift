import Synchronization

/// A table of words of 64 bits, zero at first, that threads share without a lock. Each word is complete in itself.
/// A value without a reference count, since counting costs more than a look into the table: whoever made it frees it.
///
/// `@unchecked`: the pointer never changes, and its memory is only read and written atomically.
struct AtomicTable: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Atomic<UInt64>>
  private let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(capacity: count)
    for index in 0..<count { (base + index).initialize(to: Atomic(0)) }
  }

  /// Nobody uses the table any more.
  func deallocate() {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always) func load(at index: Int) -> UInt64 { base[index].load(ordering: .relaxed) }

  @inline(__always) func store(_ value: UInt64, at index: Int) { base[index].store(value, ordering: .relaxed) }

  /// Puts a value where nothing is.
  /// - Returns: whether the value is there now.
  @inline(__always) func claim(_ value: UInt64, at index: Int) -> Bool {
    let present = load(at: index)
    if present == value { return true }
    guard present == 0 else { return false }
    guard let other = exchange(0, for: value, at: index) else { return true }
    return other == value
  }

  /// - Returns: what was there instead of `expected`; nil where the exchange was made.
  @inline(__always) func exchange(_ expected: UInt64, for desired: UInt64, at index: Int) -> UInt64? {
    let outcome = base[index].compareExchange(expected: expected, desired: desired, ordering: .relaxed)
    return outcome.exchanged ? nil : outcome.original
  }
}
