import MetricModel

/// A counter whose label values are not known beforehand (a peer's name, a queue's): at most `maximumSeries` series, and
/// one more, `overflow`, for the rest. Looking a series up takes no lock; keep it with `series` where you can.
public final class OpenCounterInstrument<L: LabelSet>: Exposable {
  @usableFromInline let series: OpenSeries<CounterCells>
  var descriptor: FamilyDescriptor { series.descriptor }

  init(_ series: OpenSeries<CounterCells>) { self.series = series }

  /// Amounts below 0 are a caller's mistake and are not counted.
  @inlinable public func add(_ amount: Int, _ labels: L) {
    let (cells, slot) = series.place(of: labels)
    cells._withUnsafeGuaranteedRef { $0.add(amount, at: slot) }
  }

  /// The same for fractions; NaN and infinities are not counted either.
  @inlinable public func add(_ amount: Double, _ labels: L) {
    let (cells, slot) = series.place(of: labels)
    cells._withUnsafeGuaranteedRef { $0.add(amount, at: slot) }
  }

  /// One series, looked up once; it keeps counting when the instrument is gone.
  public func series(_ labels: L) -> CounterSeries {
    let (cells, slot) = series.place(of: labels)
    return CounterSeries(cells: cells.takeUnretainedValue(), slot: slot)
  }

  func cursor() -> FamilyCursor {
    series.cursor { [descriptor] cells, entries, page in
      let reader = cells.reader()
      for entry in entries {
        let (slot, labels, created) = (entry.pointee.slot, entry.pointee.labels, entry.pointee.created)
        page.scalar(descriptor, labels, reader.value(at: slot), created: created)
      }
    }
  }
}

/// A gauge whose label values are not known beforehand: see `OpenCounterInstrument`.
public final class OpenGaugeInstrument<L: LabelSet>: Exposable {
  let series: OpenSeries<GaugeCells>
  var descriptor: FamilyDescriptor { series.descriptor }

  init(_ series: OpenSeries<GaugeCells>) { self.series = series }

  /// Looks the series up, which takes no lock unless it is new; an atomic store. Any double can be set.
  public func set(_ value: Double, _ labels: L) { series(labels).set(value) }
  /// Looks the series up, which takes no lock unless it is new; then as `GaugeSeries.add`.
  public func add(_ amount: Double, _ labels: L) { series(labels).add(amount) }

  /// One series, looked up once.
  public func series(_ labels: L) -> GaugeSeries {
    let (cells, slot) = series.place(of: labels)
    return GaugeSeries(cells: cells._withUnsafeGuaranteedRef { $0.cells }, slot: slot)
  }

  func cursor() -> FamilyCursor {
    series.cursor { [descriptor] cells, entries, page in
      for entry in entries {
        page.scalar(descriptor, entry.pointee.labels, cells.cells.value(at: entry.pointee.slot))
      }
    }
  }
}

/// A histogram whose label values are not known beforehand: see `OpenCounterInstrument`.
public final class OpenHistogramInstrument<L: LabelSet>: Exposable {
  @usableFromInline let series: OpenSeries<HistogramCells>
  var descriptor: FamilyDescriptor { series.descriptor }

  init(_ series: OpenSeries<HistogramCells>) { self.series = series }

  /// NaN is a caller's mistake and is not counted.
  @inlinable public func observe(_ value: Double, _ labels: L) {
    let (cells, slot) = series.place(of: labels)
    cells._withUnsafeGuaranteedRef { $0.observe(value, at: slot) }
  }

  /// One series, looked up once.
  public func series(_ labels: L) -> HistogramSeries {
    let (cells, slot) = series.place(of: labels)
    return HistogramSeries(cells: cells.takeUnretainedValue(), slot: slot)
  }

  func cursor() -> FamilyCursor {
    series.cursor { [descriptor] cells, entries, page in
      for entry in entries {
        page.histogram(descriptor, entry.pointee.labels, cells.snapshot(at: entry.pointee.slot))
      }
    }
  }
}

extension CounterCells: SeriesCells {
  @usableFromInline convenience init(count: Int, _ descriptor: FamilyDescriptor) { self.init(count: count) }
}

extension HistogramCells: SeriesCells {
  @usableFromInline convenience init(count: Int, _ descriptor: FamilyDescriptor) {
    self.init(count: count, bounds: descriptor.bounds, native: descriptor.native)
  }
}

/// A page of gauges.
final class GaugeCells: SeriesCells {
  let cells: AtomicCells
  init(count: Int, _ descriptor: FamilyDescriptor) { cells = AtomicCells(count: count) }
}
