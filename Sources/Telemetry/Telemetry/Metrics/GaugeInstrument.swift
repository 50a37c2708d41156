import MetricModel

/// A value that goes up and down; safe from any thread. What is only ever added to and taken from is an
/// `UpDownInstrument`, which costs less.
public final class GaugeInstrument<L: ClosedLabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let table: SeriesTable<L>
  @usableFromInline let cells = AtomicCells(count: L.slotBound)

  init(_ descriptor: FamilyDescriptor) {
    self.descriptor = descriptor
    table = SeriesTable(names: descriptor.labelNames)
  }

  /// An atomic store: the last one stands. Any double can be set, NaN too, and is exposed as it is.
  @inlinable public func set(_ value: Double, _ labels: L) { cells.set(value, at: labels.slot) }
  /// An atomic compare and swap, repeated where threads add to the same series at once; none is lost.
  @inlinable public func add(_ amount: Double, _ labels: L) { cells.add(fraction: amount, at: labels.slot) }

  /// One series, looked up once.
  public func series(_ labels: L) -> GaugeSeries { GaugeSeries(cells: cells, slot: labels.slot) }

  /// Exposes the series at 0 before anything is set.
  public func expose(_ labels: L) { table.expose(labels.slot) }
  /// The newest value, an atomic load; 0 where none was set.
  public func value(_ labels: L) -> Double { cells.value(at: labels.slot) }

  func cursor() -> FamilyCursor {
    let series = table.exposed { cells.load(at: $0) != 0 }
    return FamilyCursor(descriptor, count: series.count) { [self] position, page in
      let (slot, labels) = series[position]
      page.scalar(descriptor, labels, cells.value(at: slot))
    }
  }
}

extension GaugeInstrument where L == NoLabels {
  /// An atomic store: the last one stands. Any double can be set, NaN too, and is exposed as it is.
  @inlinable public func set(_ value: Double) { set(value, NoLabels()) }
  /// An atomic compare and swap, repeated where threads add to the same series at once; none is lost.
  @inlinable public func add(_ amount: Double) { add(amount, NoLabels()) }
}

/// One series of a gauge; safe from any thread.
public struct GaugeSeries: Sendable {
  @usableFromInline let cells: AtomicCells
  @usableFromInline let slot: Int

  init(cells: AtomicCells, slot: Int) {
    self.cells = cells
    self.slot = slot
  }

  /// An atomic store: the last one stands. Any double can be set, NaN too, and is exposed as it is.
  @inlinable public func set(_ value: Double) { cells.set(value, at: slot) }
  /// An atomic compare and swap, repeated where threads add to the same series at once; none is lost.
  @inlinable public func add(_ amount: Double) { cells.add(fraction: amount, at: slot) }
  /// The newest value, an atomic load.
  public var value: Double { cells.value(at: slot) }
}

/// A gauge that is only ever added to and taken from (requests under way, bytes in a queue), counted as a counter is:
/// no cell that threads share. Whole amounts; safe from any thread.
public final class UpDownInstrument<L: ClosedLabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let table: SeriesTable<L>
  @usableFromInline let cells = UpDownCells(count: L.slotBound)

  init(_ descriptor: FamilyDescriptor) {
    self.descriptor = descriptor
    table = SeriesTable(names: descriptor.labelNames)
  }

  /// A negative amount takes away. A load and a store in the thread's own cell; the total is exact.
  @inlinable public func add(_ amount: Int, _ labels: L) {
    cells.add(amount, at: labels.slot)
  }

  /// Exposes the series at 0 before anything is added.
  public func expose(_ labels: L) { table.expose(labels.slot) }
  /// What was added less what was taken, the sum of all threads' cells: for tests, not for hot paths.
  public func value(_ labels: L) -> Int { cells.value(at: labels.slot) }

  func cursor() -> FamilyCursor {
    let series = table.exposed { cells.isTouched(at: $0) }
    return FamilyCursor(descriptor, count: series.count) { [self] position, page in
      let (slot, labels) = series[position]
      page.scalar(descriptor, labels, Double(cells.value(at: slot)))
    }
  }
}

extension UpDownInstrument where L == NoLabels {
  /// A negative amount takes away. A load and a store in the thread's own cell; the total is exact.
  @inlinable public func add(_ amount: Int) { add(amount, NoLabels()) }
}
