import MetricModel
import Synchronization

/// A constant 1 whose labels are the message; setting other labels replaces them.
public final class InfoInstrument<L: LabelSet>: Exposable {
  let descriptor: FamilyDescriptor
  private let labels: Mutex<SeriesLabels?> = Mutex(nil)

  init(_ descriptor: FamilyDescriptor) { self.descriptor = descriptor }

  /// What the message is from now on. Takes a lock; safe from any thread.
  public func set(_ labels: L) {
    let series = SeriesLabels(names: descriptor.labelNames, values: labels.labelValues)
    self.labels.withLock { $0 = series }
  }

  func cursor() -> FamilyCursor {
    let series = labels.withLock { $0 }
    return FamilyCursor(descriptor, count: series == nil ? 0 : 1) { [descriptor] _, page in
      if let series { withExtendedLifetime(series) { page.scalar(descriptor, series.unretained, 1) } }
    }
  }
}

/// Which of its states something is in: every state is a series, 1 for the current ones and 0 for the others.
public final class StateSetInstrument<L: ClosedLabel>: Exposable {
  let descriptor: FamilyDescriptor
  private let table: SeriesTable<L>
  private let cells = AtomicCells(count: L.slotBound)

  init(_ descriptor: FamilyDescriptor) {
    self.descriptor = descriptor
    table = SeriesTable(names: descriptor.labelNames)
  }

  /// This state and no other.
  public func set(_ state: L) { for other in L.allCases { set(other, to: other == state) } }

  /// For states that do not exclude each other.
  public func set(_ state: L, to isOn: Bool) { cells.set(isOn ? 1 : 0, at: state.slot) }

  func cursor() -> FamilyCursor {
    let series = table.exposed { _ in true }
    return FamilyCursor(descriptor, count: series.count) { [self] position, page in
      let (slot, labels) = series[position]
      page.scalar(descriptor, labels, cells.value(at: slot))
    }
  }
}

/// A value that is asked for at scrape time; the function must be fast and must not block.
final class FunctionInstrument: Exposable {
  let descriptor: FamilyDescriptor
  private let labels: SeriesLabels
  private let read: @Sendable () -> Double
  private let created = Timestamp.now()

  init(_ descriptor: FamilyDescriptor, _ read: @escaping @Sendable () -> Double) {
    self.descriptor = descriptor
    self.read = read
    labels = SeriesLabels(names: [], values: [])
  }

  func cursor() -> FamilyCursor {
    FamilyCursor(descriptor, count: 1) { [self] _, page in
      page.scalar(descriptor, labels.unretained, read(), created: created)
    }
  }
}
