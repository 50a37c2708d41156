import Synchronization

/// Reads the allocator's statistics for at most one ten-thousandth of the time: where a read was slow, the next ones
/// give what it found, until it has been paid for.
public final class MallocReader: Sendable {
  /// One part in so many of the time that passes.
  public static let minimumElapsedPerRead = 10_000

  private struct State {
    var last: MallocStatistics?
    var nextRead: ContinuousClock.Instant
  }

  private let state: Mutex<State>
  private let readNow: @Sendable () -> MallocStatistics
  private let now: @Sendable () -> ContinuousClock.Instant

  /// Reads nothing yet; one reader for a process.
  public convenience init() { self.init(reading: MallocStatistics.read, now: { ContinuousClock.now }) }

  init(
    reading readNow: @escaping @Sendable () -> MallocStatistics, now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.readNow = readNow
    self.now = now
    state = Mutex(State(nextRead: now()))
  }

  /// A read takes 1.5 ms at the most where somebody asks every 15 s and is to see fresh figures.
  public func read() -> MallocStatistics {
    state.withLock { state in
      let start = now()
      if let last = state.last, start < state.nextRead { return last }
      let statistics = readNow()
      state.last = statistics
      let end = now()
      state.nextRead = end + (end - start) * Self.minimumElapsedPerRead
      return statistics
    }
  }
}
