import Catalog
import ServiceKit
import Synchronization

/// Who may try to log in now: by the name that is tried, so that a password cannot be guessed from many addresses, and
/// by the address, so that one machine cannot try many names. Each replica counts for itself.
final class LoginLimiter: Sendable {
  /// Five mistakes are a person's; after them one try each 30 s is 2,880 a day.
  static let perUser = RateLimit(burst: 5, refillSeconds: 30)
  /// Thirty a minute: a shop behind one address.
  static let perAddress = RateLimit(burst: 30, refillSeconds: 2)
  /// Names and addresses that are remembered, each.
  static let maximumEntries = 10_000

  private struct State: Sendable {
    var users = TokenBuckets(LoginLimiter.perUser, maximumEntries: LoginLimiter.maximumEntries)
    var addresses = TokenBuckets(LoginLimiter.perAddress, maximumEntries: LoginLimiter.maximumEntries)
  }

  private let state = Mutex(State())

  /// Counts an attempt before anything is known of it, so that many at once are no way around.
  /// - Throws: 429 with `Retry-After`.
  func admit(user: String, from address: String, at now: ContinuousClock.Instant = .now) throws(Problem) {
    let wait = state.withLock { state in
      state.addresses.take(address, at: now) ?? state.users.take(user, at: now)
    }
    if let wait { throw .tooManyAttempts(retryAfter: wait) }
  }

  /// The password was right: earlier mistakes were the owner's.
  func succeeded(user: String) { state.withLock { $0.users.reset(user) } }

  /// The password was not looked at: the attempt told nobody anything.
  func undecided(user: String, at now: ContinuousClock.Instant = .now) {
    state.withLock { $0.users.giveBack(user, at: now) }
  }
}

extension Problem {
  /// - Parameter wait: said in whole seconds, never too few.
  static func tooManyAttempts(retryAfter wait: Duration) -> Problem {
    let (seconds, attoseconds) = wait.components
    let whole = max(1, seconds + (attoseconds > 0 ? 1 : 0))
    return Problem(
      .tooManyRequests, code: "demasiados_intentos",
      "Hubo demasiados intentos de ingreso: probá de nuevo en \(whole) segundos.",
      headers: ["Retry-After": String(whole)])
  }
}
