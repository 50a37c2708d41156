import MetricModel

/// A counter whose labels are known at run time, and whose series can begin anew; safe from any thread.
public final class DynamicCounter: Exposable {
  private let table: OpenSeries<ResettableCells>
  private let arity: LabelArity
  var descriptor: FamilyDescriptor { table.descriptor }

  init(_ series: OpenSeries<ResettableCells>, _ registry: Registry) {
    table = series
    arity = LabelArity(series.descriptor, registry)
  }

  /// One series, looked up once, without a lock; it is exposed from then on, at 0 to begin with.
  /// - Parameter values: in the order of the descriptor's names.
  /// - Returns: nil where their number is another, of which the problem handler hears.
  public func series(_ values: [String]) -> CounterSeries? {
    guard arity.holds(values) else { return nil }
    let (cells, slot) = table.place(of: Values(values))
    return CounterSeries(cells: cells._withUnsafeGuaranteedRef { $0.counter }, slot: slot)
  }

  /// Sets one series back to 0, which Prometheus takes for a restart of the process; of the overflow series it is all
  /// that was counted there. What another thread adds meanwhile counts before or after, and is not lost in between.
  public func reset(_ values: [String]) {
    guard arity.holds(values) else { return }
    let (cells, slot) = table.place(of: Values(values))
    cells._withUnsafeGuaranteedRef { $0.reset(at: slot) }
  }

  func cursor() -> FamilyCursor {
    table.cursor { [descriptor] cells, entries, page in
      let reader = cells.counter.reader()
      for entry in entries {
        let slot = entry.pointee.slot
        let created = cells.created(at: slot) ?? entry.pointee.created
        page.scalar(descriptor, entry.pointee.labels, cells.value(at: slot, reader), created: created)
      }
    }
  }
}

/// Cells that are only ever added to, and what had been added when their series began anew: a thread's own cell must
/// not be written by another thread.
final class ResettableCells: SeriesCells {
  let counter: CounterCells
  /// Bits of a double.
  private let offsets: AtomicCells
  /// Nanoseconds since the epoch; 0 where the series never began anew.
  private let createdNanoseconds: AtomicCells

  init(count: Int, _ descriptor: FamilyDescriptor) {
    counter = CounterCells(count: count)
    offsets = AtomicCells(count: count)
    createdNanoseconds = AtomicCells(count: count)
  }

  func reset(at slot: Int) {
    createdNanoseconds.store(Timestamp.now().nanosecondsSinceEpoch, at: slot)
    offsets.store(counter.value(at: slot).bitPattern, at: slot)
  }

  func value(at slot: Int, _ reader: CounterCells.Reader) -> Double {
    // The offset first: it is at most what is read after it.
    let offset = Double(bitPattern: offsets.load(at: slot))
    return max(reader.value(at: slot) - offset, 0)
  }

  func created(at slot: Int) -> Timestamp? {
    let nanoseconds = createdNanoseconds.load(at: slot)
    return nanoseconds == 0 ? nil : Timestamp(nanosecondsSinceEpoch: nanoseconds)
  }
}
