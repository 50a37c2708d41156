import MetricModel

/// A histogram with classic buckets, native ones or both, as its family says; safe from any thread.
///
/// An observation takes no lock. A page sees count, sum and buckets of the same observations.
public final class HistogramInstrument<L: ClosedLabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let table: SeriesTable<L>
  @usableFromInline let cells: HistogramCells

  init(_ descriptor: FamilyDescriptor) {
    self.descriptor = descriptor
    table = SeriesTable(names: descriptor.labelNames)
    cells = HistogramCells(count: L.slotBound, bounds: descriptor.bounds, native: descriptor.native)
  }

  /// Counts a value in the unit of the family; NaN is a caller's mistake and is not counted.
  @inlinable public func observe(_ value: Double, _ labels: L) { cells.observe(value, at: labels.slot) }

  /// The same, and keeps the trace in which this was observed: a bucket has the newest. One that is not valid is left
  /// out. Costs a reading of the coarse clock more; waits for nobody.
  @inlinable public func observe(_ value: Double, _ labels: L, exemplar: TraceContext) {
    cells.observe(value, at: labels.slot)
    cells.keepExemplar(value, exemplar, at: labels.slot)
  }

  /// One series, looked up once.
  public func series(_ labels: L) -> HistogramSeries { HistogramSeries(cells: cells, slot: labels.slot) }

  /// Exposes the series at 0 before anything is observed.
  public func expose(_ labels: L) { table.expose(labels.slot) }

  /// How many observations the series has.
  public func count(_ labels: L) -> Int { Int(cells.snapshot(at: labels.slot).count) }

  func cursor() -> FamilyCursor {
    let reader = cells.copies.reader()
    let series = table.exposed { cells.isTouched(at: $0, reader) }
    return FamilyCursor(descriptor, count: series.count) { [self] position, page in
      let (slot, labels) = series[position]
      page.histogram(descriptor, labels, cells.snapshot(at: slot))
    }
  }
}

extension HistogramInstrument where L == NoLabels {
  /// Counts a value in the unit of the family; NaN is a caller's mistake and is not counted.
  @inlinable public func observe(_ value: Double) { observe(value, NoLabels()) }
  /// The same, and keeps the trace in which this was observed: a bucket has the newest. One that is not valid is left
  /// out.
  @inlinable public func observe(_ value: Double, exemplar: TraceContext) {
    observe(value, NoLabels(), exemplar: exemplar)
  }
}

/// One series of a histogram; safe from any thread.
public struct HistogramSeries: Sendable {
  @usableFromInline let cells: HistogramCells
  @usableFromInline let slot: Int

  /// NaN is a caller's mistake and is not counted.
  @inlinable public func observe(_ value: Double) { cells.observe(value, at: slot) }
  /// The same, and keeps the trace in which this was observed: a bucket has the newest. One that is not valid is left
  /// out.
  @inlinable public func observe(_ value: Double, exemplar: TraceContext) {
    cells.observe(value, at: slot)
    cells.keepExemplar(value, exemplar, at: slot)
  }
}
