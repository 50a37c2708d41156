import MetricModel
import Synchronization

/// What a registry can write out.
protocol Exposable: AnyObject, Sendable {
  var descriptor: FamilyDescriptor { get }
  func write(to writer: inout ExpositionWriter)
}

/// Which slots of a family are exposed, and how their labels read: shared by the three instruments.
///
/// A family of up to `maximumCountFromStart` series is exposed whole from the start, so that the first error is
/// never lost; a larger one shows the series that were touched or asked for with `expose`. What a page showed once,
/// all later ones show.
final class SeriesTable<L: ClosedLabelSet>: Sendable {
  static var maximumCountFromStart: Int { 32 }

  private let state = Mutex<State>(State())
  private let exposesAll = L.count <= maximumCountFromStart

  private struct State {
    var asked: Set<Int> = []
    /// Rendered once: `method="GET",route="/health"`.
    var rendered: [Int: [UInt8]] = [:]
  }

  func expose(_ slot: Int) { state.withLock { _ = $0.asked.insert(slot) } }

  /// Slot and rendered labels of each series to expose, in slot order.
  func exposed(isTouched: (Int) -> Bool) -> [(slot: Int, labels: [UInt8])] {
    state.withLock { state in
      var series: [(slot: Int, labels: [UInt8])] = []
      for slot in 0..<L.count {
        if let rendered = state.rendered[slot] {
          series.append((slot, rendered))
        } else if exposesAll || isTouched(slot) || state.asked.contains(slot),
          let values = L.labelValues(at: slot)
        {
          let rendered = ExpositionWriter.render(names: L.labelNames, values: values)
          state.rendered[slot] = rendered
          series.append((slot, rendered))
        }
      }
      return series
    }
  }
}

/// Counts. Adding costs one atomic; safe from any thread.
public final class CounterInstrument<L: ClosedLabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let table = SeriesTable<L>()
  /// Whole amounts, and beside them the sum of fractional ones: an integer add needs no loop.
  @usableFromInline let whole = AtomicCells(count: L.count)
  @usableFromInline let fractional = AtomicCells(count: L.count)

  init(_ descriptor: FamilyDescriptor) { self.descriptor = descriptor }

  @inlinable public func add(_ amount: Int, _ labels: L) {
    // A counter cannot fall: a negative amount is a caller's mistake, and costs its own effect alone.
    if amount > 0 { whole.add(whole: UInt64(amount), at: labels.slot) }
  }

  @inlinable public func add(_ amount: Double, _ labels: L) {
    if amount > 0, amount.isFinite { fractional.add(fraction: amount, at: labels.slot) }
  }

  /// Exposes the series at 0 before anything is counted.
  public func expose(_ labels: L) { table.expose(labels.slot) }

  public func value(_ labels: L) -> Double { value(at: labels.slot) }

  private func value(at slot: Int) -> Double {
    Double(whole.load(at: slot)) + Double(bitPattern: fractional.load(at: slot))
  }

  func write(to writer: inout ExpositionWriter) {
    writer.header(descriptor)
    for (slot, labels) in table.exposed(isTouched: { value(at: $0) != 0 }) {
      writer.sample(descriptor.name, labels: labels, value: value(at: slot))
    }
  }
}

extension CounterInstrument where L == NoLabels {
  @inlinable public func add(_ amount: Int = 1) { add(amount, NoLabels()) }
  @inlinable public func add(_ amount: Double) { add(amount, NoLabels()) }
}

/// A value that goes up and down; safe from any thread.
public final class GaugeInstrument<L: ClosedLabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let table = SeriesTable<L>()
  @usableFromInline let cells = AtomicCells(count: L.count)

  init(_ descriptor: FamilyDescriptor) { self.descriptor = descriptor }

  @inlinable public func set(_ value: Double, _ labels: L) {
    // Cells start at +0: a 0 that was set is -0, so that it counts as touched. Both are written as 0.
    cells.store(value == 0 ? (-0.0).bitPattern : value.bitPattern, at: labels.slot)
  }
  @inlinable public func add(_ amount: Double, _ labels: L) { cells.add(fraction: amount, at: labels.slot) }
  public func expose(_ labels: L) { table.expose(labels.slot) }
  public func value(_ labels: L) -> Double { Double(bitPattern: cells.load(at: labels.slot)) }

  func write(to writer: inout ExpositionWriter) {
    writer.header(descriptor)
    for (slot, labels) in table.exposed(isTouched: { cells.load(at: $0) != 0 }) {
      writer.sample(descriptor.name, labels: labels, value: Double(bitPattern: cells.load(at: slot)))
    }
  }
}

extension GaugeInstrument where L == NoLabels {
  @inlinable public func set(_ value: Double) { set(value, NoLabels()) }
  @inlinable public func add(_ amount: Double) { add(amount, NoLabels()) }
}
