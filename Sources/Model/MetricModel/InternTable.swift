import Synchronization

/// Label values that become known while a process starts (its routes, its statements) and are closed from then on:
/// each gets a slot once, and recording costs no lookup. Safe from any thread; each call takes a lock and compares
/// with all that are known.
public final class InternTable: Sendable {
  /// How many slots there are, that of the overflow included.
  public let maximumCount: Int
  private let known: Mutex<[[String]]>

  /// Slot 0 is that of `overflow`, where everything past `maximumCount` is counted.
  public init(maximumCount: Int, overflow: [String]) {
    self.maximumCount = maximumCount
    known = Mutex([overflow])
  }

  /// The slot of these values, the same for the same values; 0 once the table is full.
  public func slot(of values: [String]) -> Int {
    known.withLock { known in
      if let index = known.firstIndex(of: values) { return index }
      guard known.count < maximumCount else { return 0 }
      known.append(values)
      return known.count - 1
    }
  }

  /// nil for a slot that nobody has.
  public func values(at slot: Int) -> [String]? {
    known.withLock { slot < $0.count ? $0[slot] : nil }
  }
}
