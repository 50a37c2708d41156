import CThreadSlot
import Glibc
import MetricModel
import Synchronization

/// What a histogram's series are counted in. Every thread has a record of its own for each series, which it alone
/// writes: no lock and no lock prefix. A sequence number around each observation (odd while it is written) tells a
/// reader that what it read belongs together, so that count, buckets and sum are those of the same observations.
///
/// A reader that a busy thread keeps outrunning raises `isPaused`: writers then wait for it at `readers`, once. That,
/// a bucket table that grows, and the threads beyond the slots are the only waits; each is bounded by one copy.
///
/// `@unchecked`: all memory is atomics; tables are replaced and freed under `readers` alone.
@usableFromInline final class HistogramCells: @unchecked Sendable {
  @usableFromInline typealias Cells = UnsafeMutablePointer<Atomic<UInt64>>

  /// A record: sequence, sum, address of the native table, epoch, then the classic buckets' counts.
  @inlinable static var headerCells: Int { 4 }
  static let maximumReadAttempts = 64
  /// For a histogram without classic buckets.
  private static let nativeExemplarPlaces = 8

  let bounds: [Double]
  /// The bounds four by four, filled up with infinity, which no value is above.
  @usableFromInline let boundVectors: UnsafeMutablePointer<SIMD4<Double>>
  @usableFromInline let vectorCount: Int
  @usableFromInline let native: NativeBuckets?
  @usableFromInline let stride: Int
  @usableFromInline let copies: ShardedCells
  @usableFromInline let isPaused = Atomic(false)
  /// Raised by one when a native histogram has to begin anew; records of an older epoch count for nothing.
  @usableFromInline let epochs: AtomicCells
  private let createdNanoseconds: AtomicCells
  private let exemplars: UnsafeMutablePointer<Atomic<Unmanaged<ExemplarPlaces>?>>
  let readers = Mutex(())
  let count: Int

  init(count: Int, bounds: [Double], native: NativeBuckets?) {
    self.count = count
    self.bounds = bounds
    vectorCount = (bounds.count + 3) / 4
    boundVectors = .allocate(capacity: vectorCount)
    boundVectors.initialize(repeating: SIMD4(repeating: .infinity), count: vectorCount)
    for (index, bound) in bounds.enumerated() { boundVectors[index / 4][index % 4] = bound }
    exemplars = .allocate(capacity: count)
    for slot in 0..<count { (exemplars + slot).initialize(to: Atomic(nil)) }
    self.native = native
    stride = (Self.headerCells + bounds.count + 1 + 7) / 8 * 8
    copies = ShardedCells(count: count * stride)
    epochs = AtomicCells(count: count)
    createdNanoseconds = AtomicCells(count: count)
    let now = Timestamp.now().nanosecondsSinceEpoch
    for slot in 0..<count { createdNanoseconds.store(now, at: slot) }
  }

  deinit {
    for record in allRecords() { Self.table(of: record)?.deallocate() }
    copies.deallocate()
    boundVectors.deallocate()
    for slot in 0..<count { exemplars[slot].load(ordering: .acquiring)?.release() }
    exemplars.deallocate()
  }

  @inlinable static func table(of record: Cells) -> NativeTable? {
    let address = record[2].load(ordering: .relaxed)
    return Cells(bitPattern: UInt(address)).map { NativeTable($0) }
  }

  /// The classic bucket that a value falls into: the first whose bound is not below it.
  @inlinable func bucket(of value: Double) -> Int {
    let values = SIMD4(repeating: value)
    // A lane that is true is -1: four comparisons at a time and no branch to mispredict.
    var below = SIMD4<Int64>.zero
    for index in 0..<vectorCount {
      below.replace(with: below &+ 1, where: boundVectors[index] .< values)
    }
    return Int(truncatingIfNeeded: below.wrappedSum())
  }

  /// Counts a value; NaN is a caller's mistake and is not counted.
  @inlinable func observe(_ value: Double, at slot: Int) {
    guard !value.isNaN else { return }
    guard let cells = copies.copies[Int(thread_slot_current())].load(ordering: .relaxed),
      !isPaused.load(ordering: .relaxed)
    else { return observeSlowly(value, at: slot) }
    record(value, in: cells + slot * stride, at: slot)
  }

  @inlinable func record(_ value: Double, in record: Cells, at slot: Int) {
    var exponential: Cells?
    if let native { exponential = nativeCounter(of: value, native, in: record, at: slot) }
    let sequence = record[0].load(ordering: .relaxed)
    record[0].store(sequence &+ 1, ordering: .relaxed)
    atomicMemoryFence(ordering: .releasing)
    Self.increment(record + Self.headerCells + bucket(of: value))
    let sum = Double(bitPattern: record[1].load(ordering: .relaxed)) + value
    record[1].store(sum.bitPattern, ordering: .relaxed)
    if let exponential { Self.increment(exponential) }
    record[0].store(sequence &+ 2, ordering: .releasing)
  }

  @inlinable static func increment(_ cell: Cells) {
    cell.pointee.store(cell.pointee.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
  }

  @usableFromInline func observeSlowly(_ value: Double, at slot: Int) {
    // A reader that raised `isPaused` holds the lock until it has its copy.
    if isPaused.load(ordering: .relaxed) { readers.withLock { _ in } }
    if let own = copies.ownCells() {
      record(value, in: own + slot * stride, at: slot)
    } else {
      sharedWriters.withLock { _ in record(value, in: copies.sharedCells + slot * stride, at: slot) }
    }
  }

  /// Threads without a slot take turns.
  private let sharedWriters = Mutex(())

  // MARK: Exemplars

  /// Keeps the trace as the exemplar of the value's bucket. Costs a reading of the coarse clock.
  @usableFromInline func keepExemplar(_ value: Double, _ trace: TraceContext, at slot: Int) {
    guard !value.isNaN, trace.isValid else { return }
    let places = places(at: slot)._withUnsafeGuaranteedRef { $0 }
    let place = bounds.isEmpty ? Int(value.exponentBitPattern % UInt(places.count)) : bucket(of: value)
    places.keep(value, trace, in: place, at: .nowCoarse())
  }

  /// By classic bucket; without those in no order. Empty where there were none.
  func exemplars(at slot: Int) -> [Exemplar?] {
    exemplars[slot].load(ordering: .acquiring)?._withUnsafeGuaranteedRef { $0.all() } ?? []
  }

  private func places(at slot: Int) -> Unmanaged<ExemplarPlaces> {
    if let existing = exemplars[slot].load(ordering: .acquiring) { return existing }
    let count = bounds.isEmpty ? Self.nativeExemplarPlaces : bounds.count + 1
    let made = Unmanaged.passRetained(ExemplarPlaces(count: count))
    let outcome = exemplars[slot].compareExchange(expected: nil, desired: made, ordering: .acquiringAndReleasing)
    guard let winner = outcome.original else { return made }
    made.release()
    return winner
  }

  // MARK: Epochs

  func created(at slot: Int) -> Timestamp { Timestamp(nanosecondsSinceEpoch: createdNanoseconds.load(at: slot)) }

  /// From now on; for a series that is later than its cells.
  @usableFromInline func begin(at slot: Int) {
    createdNanoseconds.store(Timestamp.now().nanosecondsSinceEpoch, at: slot)
  }

  /// Begins the series anew, as after a restart of the process: Prometheus sees a counter reset.
  func reset(at slot: Int) {
    begin(at: slot)
    exemplars[slot].load(ordering: .acquiring)?._withUnsafeGuaranteedRef { $0.clear() }
    epochs.store(epochs.load(at: slot) &+ 1, at: slot)
  }

  /// The records of all threads, of all series.
  private func allRecords() -> [Cells] {
    copies.reader().copies.flatMap { cells in (0..<count).map { cells + $0 * stride } }
  }
}
