/// Who scrapes and who waits: a request that comes while a scrape runs shares it, so that nothing piles up on the
/// target. It does no IO.
struct ScrapeGate: Sendable {
  typealias Waiter = Int

  private(set) var isRunning = false
  private var waiters: Set<Waiter> = []
  private var lastWaiter = 0

  /// A request came.
  /// - Returns: whether it has to start the scrape; if not it joins the one that runs.
  mutating func arrive() -> (waiter: Waiter, starts: Bool) {
    lastWaiter += 1
    waiters.insert(lastWaiter)
    let starts = !isRunning
    isRunning = true
    return (lastWaiter, starts)
  }

  /// The scrape ended: everybody who waits is answered.
  mutating func finish() -> Set<Waiter> {
    defer { waiters = [] }
    isRunning = false
    return waiters
  }

  /// A request's own limit came before the scrape's end.
  /// - Returns: false if it has been answered already.
  mutating func expire(_ waiter: Waiter) -> Bool { waiters.remove(waiter) != nil }
}
