import CThreadSlot
import Glibc
import Synchronization

/// 64-bit cells of which every thread writes its own copy: adding is a load and a store, without a lock prefix and
/// without a cache line that two threads fight for; reading sums the copies. Totals are exact.
///
/// A thread's copy is made when it first adds. Past `THREAD_SLOT_SHARED - 1` threads at one time the rest share a copy
/// and add atomically. The owner calls `deallocate` when nobody can reach the cells any more.
///
/// `@unchecked`: the table never moves, its entries and the cells are atomics, and a copy once made stays.
@usableFromInline struct ShardedCells: @unchecked Sendable {
  @usableFromInline typealias Cells = UnsafeMutablePointer<Atomic<UInt64>>
  /// By thread slot; 0 and the shared slot stay nil here, so that the fast path needs one comparison.
  @usableFromInline let copies: UnsafeMutablePointer<Atomic<Cells?>>
  @usableFromInline let count: Int

  private static let slots = Int(THREAD_SLOT_COUNT)
  /// The entry behind those of the slots: the copy of all threads that have no slot of their own.
  private static let sharedCopy = slots
  private static let cacheLineBytes = 64

  init(count: Int) {
    self.count = count
    copies = .allocate(capacity: Self.slots + 1)
    for slot in 0...Self.slots { (copies + slot).initialize(to: Atomic(nil)) }
  }

  func deallocate() {
    for slot in 0...Self.slots { Self.free(copies[slot].load(ordering: .relaxed)) }
    copies.deinitialize(count: Self.slots + 1)
    copies.deallocate()
  }

  /// Adds, wrapping: the two's complement of a negative amount subtracts it.
  @inlinable func add(_ amount: UInt64, at index: Int) {
    guard let cells = copies[Int(thread_slot_current())].load(ordering: .relaxed) else {
      return addSlowly(amount, at: index)
    }
    cells[index].store(cells[index].load(ordering: .relaxed) &+ amount, ordering: .releasing)
  }

  /// Adds to cells that hold a double's bits.
  @inlinable func add(fraction amount: Double, at index: Int) {
    guard let cells = copies[Int(thread_slot_current())].load(ordering: .relaxed) else {
      return addSlowly(fraction: amount, at: index)
    }
    let sum = Double(bitPattern: cells[index].load(ordering: .relaxed)) + amount
    cells[index].store(sum.bitPattern, ordering: .relaxed)
  }

  @usableFromInline func addSlowly(_ amount: UInt64, at index: Int) {
    if let own = ownCells() {
      own[index].store(own[index].load(ordering: .relaxed) &+ amount, ordering: .releasing)
    } else {
      sharedCells[index].wrappingAdd(amount, ordering: .releasing)
    }
  }

  @usableFromInline func addSlowly(fraction amount: Double, at index: Int) {
    if let own = ownCells() {
      own[index].store(
        (Double(bitPattern: own[index].load(ordering: .relaxed)) + amount).bitPattern, ordering: .relaxed)
    } else {
      AtomicCells.add(fraction: amount, to: sharedCells + index)
    }
  }

  /// The copies that exist now, for reading many cells; valid as long as the cells are.
  func reader() -> Reader {
    Reader(copies: (1...Self.sharedCopy).compactMap { copies[$0].load(ordering: .acquiring) })
  }

  struct Reader {
    let copies: [Cells]

    var isEmpty: Bool { copies.isEmpty }

    /// The sum of all copies.
    func total(at index: Int) -> UInt64 {
      var total: UInt64 = 0
      for cells in copies { total &+= cells[index].load(ordering: .acquiring) }
      return total
    }

    func fractionTotal(at index: Int) -> Double {
      var total = 0.0
      for cells in copies { total += Double(bitPattern: cells[index].load(ordering: .relaxed)) }
      return total
    }
  }

  /// The calling thread's copy, made where it has none; nil for a thread that shares.
  func ownCells() -> Cells? {
    let slot = Int(thread_slot_assign())
    guard slot != Int(THREAD_SLOT_SHARED) else { return nil }
    if let existing = copies[slot].load(ordering: .relaxed) { return existing }
    let cells = allocate()
    // The slot is this thread's: nobody else stores here.
    copies[slot].store(cells, ordering: .releasing)
    return cells
  }

  var sharedCells: Cells {
    if let existing = copies[Self.sharedCopy].load(ordering: .acquiring) { return existing }
    let cells = allocate()
    let outcome = copies[Self.sharedCopy].compareExchange(
      expected: nil, desired: cells, ordering: .acquiringAndReleasing)
    guard let winner = outcome.original else { return cells }
    Self.free(cells)
    return winner
  }

  private static func free(_ cells: Cells?) { UnsafeMutableRawPointer(cells)?.deallocate() }

  /// Zeroed, and on cache lines that no other copy has a part of.
  private func allocate() -> Cells {
    let bytes = (count * 8 + Self.cacheLineBytes - 1) / Self.cacheLineBytes * Self.cacheLineBytes
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Self.cacheLineBytes)
    memset(memory, 0, bytes)
    return memory.bindMemory(to: Atomic<UInt64>.self, capacity: count)
  }
}
