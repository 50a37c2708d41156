import Synchronization

/// One exemplar a bucket: the trace of the newest observation that fell into it. Taking a place never waits: where
/// another thread writes or reads just then, this exemplar is not kept.
///
/// `@unchecked`: the memory is only touched by who has taken `isTaken`, and freed with the object.
final class ExemplarPlaces: @unchecked Sendable {
  /// Value, seconds, nanoseconds, trace identifier in two halves, span identifier.
  private static let cellsPerExemplar = 6
  private static let maximumReadAttempts = 1_000

  private let isTaken = Atomic(false)
  private let cells: UnsafeMutablePointer<UInt64>
  let count: Int

  init(count: Int) {
    self.count = count
    cells = .allocate(capacity: count * Self.cellsPerExemplar)
    cells.initialize(repeating: 0, count: count * Self.cellsPerExemplar)
  }

  deinit { cells.deallocate() }

  private func take() -> Bool {
    isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  func keep(_ value: Double, _ trace: TraceContext, in place: Int, at time: Timestamp) {
    guard take() else { return }
    let cell = cells + place * Self.cellsPerExemplar
    cell[0] = value.bitPattern
    cell[1] = UInt64(bitPattern: Int64(time.seconds))
    cell[2] = UInt64(time.nanoseconds)
    cell[3] = trace.traceHigh
    cell[4] = trace.traceLow
    cell[5] = trace.span
    isTaken.store(false, ordering: .releasing)
  }

  /// Those of observations that count no more.
  func clear() {
    guard take() else { return }
    cells.update(repeating: 0, count: count * Self.cellsPerExemplar)
    isTaken.store(false, ordering: .releasing)
  }

  /// By place; nil where none was kept.
  func all() -> [Exemplar?] {
    var attempts = 0
    while !take() {
      attempts += 1
      if attempts == Self.maximumReadAttempts { return [Exemplar?](repeating: nil, count: count) }
    }
    defer { isTaken.store(false, ordering: .releasing) }
    return (0..<count).map { place in
      let cell = cells + place * Self.cellsPerExemplar
      guard cell[3] | cell[4] != 0 else { return nil }
      return Exemplar(
        value: Double(bitPattern: cell[0]),
        time: Timestamp(seconds: Int(Int64(bitPattern: cell[1])), nanoseconds: Int(cell[2])),
        traceHigh: cell[3], traceLow: cell[4], span: cell[5])
    }
  }
}

/// An observation with the trace that it was made in.
struct Exemplar: Sendable {
  let value: Double
  let time: Timestamp
  let traceHigh: UInt64
  let traceLow: UInt64
  let span: UInt64
}
