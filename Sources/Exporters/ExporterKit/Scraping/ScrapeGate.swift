/// Who scrapes and who waits. A request that comes while a scrape of the same collectors runs or waits shares it; of
/// different ones one runs after the other, so that nothing piles up on the target. A scrape that somebody with less
/// patience began would fail what takes longer: for the patient it is a different one. It does no IO.
struct ScrapeGate: Sendable {
  typealias Waiter = Int

  /// One scrape of a target, with whoever wants its answer.
  struct Run: Sendable, Equatable {
    let number: Int
    /// Names; nil for all.
    let collectors: Set<String>?
    fileprivate(set) var waiters: Set<Waiter> = []
    /// The last instant at which anybody still wants it.
    fileprivate(set) var deadline: ContinuousClock.Instant
    /// The longest time that any of those who began it gives it.
    fileprivate var patience: Duration
  }

  enum Arrival: Equatable {
    /// Starts at once.
    case starts(Waiter, Run)
    /// Has its answer with another request.
    case joins(Waiter)
    /// Its turn comes later.
    case waits(Waiter)
    case refused
  }

  /// Different selections that wait while one runs.
  static let maximumWaitingRuns = 8

  private(set) var running: Run?
  private var queue: [Run] = []
  private var lastWaiter = 0
  private var lastRun = 0

  /// A request came.
  /// - Parameter patience: for how long its scrape may work on the target.
  mutating func arrive(
    _ collectors: Set<String>?, patience: Duration, at now: ContinuousClock.Instant
  ) -> Arrival {
    let (waiter, deadline) = (lastWaiter + 1, now + patience)
    if let run = running, run.collectors == collectors, run.patience >= patience {
      lastWaiter = waiter
      running?.waiters.insert(waiter)
      return .joins(waiter)
    }
    if let index = queue.firstIndex(where: { $0.collectors == collectors }) {
      lastWaiter = waiter
      queue[index].waiters.insert(waiter)
      queue[index].deadline = max(queue[index].deadline, deadline)
      queue[index].patience = max(queue[index].patience, patience)
      return .joins(waiter)
    }
    guard queue.count < Self.maximumWaitingRuns else { return .refused }
    lastWaiter = waiter
    lastRun += 1
    let run = Run(number: lastRun, collectors: collectors, waiters: [waiter], deadline: deadline, patience: patience)
    guard running != nil else {
      running = run
      return .starts(waiter, run)
    }
    queue.append(run)
    return .waits(waiter)
  }

  /// The scrape ended: everybody who waits for it is answered, and the next may start.
  mutating func finish() -> (waiters: Set<Waiter>, next: Run?) {
    let waiters = running?.waiters ?? []
    // One that nobody waits for any more is not worth its cost.
    queue.removeAll { $0.waiters.isEmpty }
    running = queue.isEmpty ? nil : queue.removeFirst()
    return (waiters, running)
  }

  /// A request's own limit came before the scrape's end.
  /// - Returns: nil if it has been answered already; else whether its scrape had begun.
  mutating func expire(_ waiter: Waiter) -> Bool? {
    if running?.waiters.remove(waiter) != nil { return true }
    for index in queue.indices where queue[index].waiters.remove(waiter) != nil { return false }
    return nil
  }
}
