import Synchronization

/// Calls what was set, at its instant or soon after. One sleeping task serves all: a `Task.sleep` a scrape would stay
/// with the runtime until it is due even when it is cancelled, which at hundreds of scrapes a second is megabytes.
package final class Alarm: Sendable {
  package typealias Token = Int

  private struct State {
    var lastToken = 0
    var calls: [Token: (instant: ContinuousClock.Instant, action: @Sendable () -> Void)] = [:]
    /// The earliest instant at which a task is sure to look.
    var nextLook: ContinuousClock.Instant?

    /// - Returns: when another task has to look; nil where one does that early enough.
    mutating func look(at instant: ContinuousClock.Instant) -> ContinuousClock.Instant? {
      if let nextLook, nextLook <= instant { return nil }
      nextLook = instant
      return instant
    }
  }

  private let state = Mutex(State())

  package init() {}

  /// - Parameter action: must be short; it is called on the cooperative pool.
  package func set(at instant: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> Token {
    let (token, next) = state.withLock { state in
      state.lastToken += 1
      state.calls[state.lastToken] = (instant, action)
      return (state.lastToken, state.look(at: instant))
    }
    if let next { look(at: next) }
    return token
  }

  /// Nothing happens where it has been called already.
  package func cancel(_ token: Token) { state.withLock { $0.calls[token] = nil } }

  private func look(at instant: ContinuousClock.Instant) {
    Task {
      try? await Task.sleep(until: instant, clock: .continuous)
      ring()
    }
  }

  private func ring() {
    let now = ContinuousClock.now
    let (due, next) = state.withLock { state in
      let due = state.calls.filter { $0.value.instant <= now }
      for token in due.keys { state.calls[token] = nil }
      if let nextLook = state.nextLook, nextLook <= now { state.nextLook = nil }
      return (due.values, state.calls.values.map(\.instant).min().flatMap { state.look(at: $0) })
    }
    for call in due { call.action() }
    if let next { look(at: next) }
  }
}
