import Synchronization

/// One wait of the reactor.
final class Registration: Sendable {
  private enum Phase: UInt8, AtomicRepresentable { case arming, armed, ready, timedOut, cancelled }

  let deadline: ContinuousClock.Instant
  private let completion: @Sendable (Reactor.Outcome) -> Void
  private let phase = Atomic(Phase.arming)

  init(deadline: ContinuousClock.Instant, completion: @escaping @Sendable (Reactor.Outcome) -> Void) {
    self.deadline = deadline
    self.completion = completion
  }

  /// From here on the descriptor is touched no more, and who waits may be told.
  func arm() {
    let (_, before) = phase.compareExchange(expected: .arming, desired: .armed, ordering: .acquiringAndReleasing)
    switch before {
    case .arming, .armed: break
    case .ready: completion(.ready)
    case .timedOut: completion(.timedOut)
    case .cancelled: completion(.cancelled)
    }
  }

  /// To be called once. Whoever arms tells, where that is not done yet.
  func finish(_ outcome: Reactor.Outcome) {
    let end: Phase =
      switch outcome {
      case .ready: .ready
      case .timedOut: .timedOut
      case .cancelled: .cancelled
      }
    if phase.exchange(end, ordering: .acquiringAndReleasing) == .armed { completion(outcome) }
  }
}

/// The reactor's waits and when to look for expired ones.
///
/// Most waits end long before their deadline. So no heap is kept: `nextScan` is a lower bound of all deadlines, and
/// only when it passes are the waits gone through.
struct Registrations {
  private var all: [Reactor.Token: Registration] = [:]
  private var nextScan: ContinuousClock.Instant?

  /// True when the deadline comes before what the reactor sleeps until.
  mutating func add(_ token: Reactor.Token, _ registration: Registration) -> Bool {
    all[token] = registration
    if let nextScan, nextScan <= registration.deadline { return false }
    nextScan = registration.deadline
    return true
  }

  mutating func remove(_ token: Reactor.Token) -> Registration? { all.removeValue(forKey: token) }

  /// For `epoll_wait`: rounded up, -1 for ever.
  func millisecondsUntilNextScan(from now: ContinuousClock.Instant) -> Int32 {
    guard let nextScan else { return -1 }
    let (seconds, attoseconds) = (nextScan - now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return Int32(min(seconds, 1_000_000) * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// Those whose deadline has passed; they stay until removed.
  mutating func expired(at now: ContinuousClock.Instant) -> [Reactor.Token] {
    guard let scan = nextScan, scan <= now else { return [] }
    var tokens: [Reactor.Token] = []
    nextScan = nil
    for (token, registration) in all {
      if registration.deadline <= now {
        tokens.append(token)
      } else if nextScan.map({ registration.deadline < $0 }) ?? true {
        nextScan = registration.deadline
      }
    }
    return tokens
  }
}
