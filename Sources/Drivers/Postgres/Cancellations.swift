/// What is known of the cancellations of one pipeline. It does no IO.
struct Cancellations {
  enum End: Equatable {
    /// Not by a cancellation of ours.
    case unrelated
    /// By the cancellation that was meant for it.
    case meant
    /// By one that was meant for an earlier statement.
    case victim
  }

  /// After which each statement is cancelled at its turn.
  private(set) var deadline: ContinuousClock.Instant
  private let grace: Duration
  /// How many statements those that were requested may still hit.
  private var unspent = 0
  /// For the statement that is at its turn.
  private var isRequested = false
  /// The caller's task was cancelled.
  private(set) var isAborted = false

  init(deadline: ContinuousClock.Instant, grace: Duration) {
    self.deadline = deadline
    self.grace = grace
  }

  /// The postmaster signals the session and then its process group, in which the session is, too: where the first is
  /// fast, the second one hits the next statement. Source: PostgreSQL's `signal_child` in `postmaster.c`.
  private static let hitsPerRequest = 2

  var cause: Interruption { isAborted ? .cancelled : .timedOut }

  mutating func begin() { isRequested = false }

  mutating func request() {
    unspent += Self.hitsPerRequest
    isRequested = true
  }

  mutating func abort(at now: ContinuousClock.Instant) {
    isAborted = true
    deadline = min(deadline, now)
  }

  /// Until when a statement that is cancelled now may go on.
  func graceEnd(at now: ContinuousClock.Instant) -> ContinuousClock.Instant { min(now, deadline) + grace }

  /// - Parameter state: of the failure that the statement ended with, nil for a success.
  mutating func end(_ state: SQLState?) -> End {
    guard state == .queryCanceled, unspent > 0 else { return .unrelated }
    unspent -= 1
    return isRequested ? .meant : .victim
  }
}
