import MetricModel

/// Counts. Adding costs less than an atomic addition, whichever threads add; safe from any thread.
public final class CounterInstrument<L: ClosedLabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let table: SeriesTable<L>
  @usableFromInline let cells = CounterCells(count: L.slotBound)
  private let created = Timestamp.now()

  init(_ descriptor: FamilyDescriptor) {
    self.descriptor = descriptor
    table = SeriesTable(names: descriptor.labelNames)
  }

  /// Amounts below 0 are a caller's mistake and are not counted.
  @inlinable public func add(_ amount: Int, _ labels: L) { cells.add(amount, at: labels.slot) }
  /// The same for fractions; NaN and infinities are not counted either.
  @inlinable public func add(_ amount: Double, _ labels: L) { cells.add(amount, at: labels.slot) }

  /// One series, looked up once.
  public func series(_ labels: L) -> CounterSeries { CounterSeries(cells: cells, slot: labels.slot) }

  /// Exposes the series at 0 before anything is counted.
  public func expose(_ labels: L) { table.expose(labels.slot) }

  /// What was counted so far, the sum of all threads' cells: for tests, not for hot paths.
  public func value(_ labels: L) -> Double { cells.value(at: labels.slot) }

  func cursor() -> FamilyCursor {
    let reader = cells.reader()
    let series = table.exposed { reader.value(at: $0) != 0 }
    return FamilyCursor(descriptor, count: series.count) { [self] position, page in
      let (slot, labels) = series[position]
      page.scalar(descriptor, labels, reader.value(at: slot), created: created)
    }
  }
}

extension CounterInstrument where L == NoLabels {
  /// Amounts below 0 are a caller's mistake and are not counted.
  @inlinable public func add(_ amount: Int = 1) { add(amount, NoLabels()) }
  /// The same for fractions; NaN and infinities are not counted either.
  @inlinable public func add(_ amount: Double) { add(amount, NoLabels()) }
}

/// One series of a counter; safe from any thread.
public struct CounterSeries: Sendable {
  @usableFromInline let cells: CounterCells
  @usableFromInline let slot: Int

  init(cells: CounterCells, slot: Int) {
    self.cells = cells
    self.slot = slot
  }

  /// Amounts below 0 are a caller's mistake and are not counted.
  @inlinable public func add(_ amount: Int = 1) { cells.add(amount, at: slot) }
  /// The same for fractions; NaN and infinities are not counted either.
  @inlinable public func add(_ amount: Double) { cells.add(amount, at: slot) }
  /// What was counted so far, the sum of all threads' cells: for tests, not for hot paths.
  public var value: Double { cells.value(at: slot) }
}
