import FoundationEssentials
import Logging
import Postgres
import ServiceKit
import ServiceLifecycle
import Synchronization

/// Tokens that ended before their time, as this replica knows them. Each second it asks what is new, so that no request
/// costs a question; while the database is away it knows what it knew.
final class Revocations: Service, RevocationList {
  /// With the deadline of a look, what one replica learns every other knows within 2 s.
  static let refreshInterval = Duration.seconds(1)
  static let refreshDeadline = Duration.milliseconds(900)
  /// A look takes in what was written in so many seconds: transactions end in another order than they begin.
  static let overlapSeconds = 60
  /// Everything is read anew so often, which forgets what has expired.
  static let reloadInterval = Duration.seconds(60)
  /// By which the clocks of two machines may differ.
  static let expiryMarginSeconds: Int64 = 60
  /// What a request waits for the first look after a start.
  static let maximumFirstWait = Duration.seconds(2)

  private let store: RevocationStore
  private let logger: Logger
  private let known = Mutex<KnownRevocations?>(nil)

  init(pool: PostgresPool, logger: Logger) {
    store = RevocationStore(pool: pool)
    self.logger = logger
  }

  func isRevoked(_ token: TokenIdentity) async throws(Problem) -> Bool {
    if let answer = known.withLock({ $0?.contains(token) }) { return answer }
    let end = ContinuousClock.now + Self.maximumFirstWait
    while .now < end, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(20))
      if let answer = known.withLock({ $0?.contains(token) }) { return answer }
    }
    throw .unavailable("Todavía no se sabe qué tokens dejaron de valer.")
  }

  /// Ends one token, here at once.
  func revoke(_ token: TokenIdentity) async throws {
    try await store.insert(token)
    known.withLock { $0?.add(.token(token.identifier, until: token.expiresAt)) }
  }

  /// What the database was told already, here at once.
  func endTokens(of user: String, issuedBefore instant: Int64) {
    known.withLock { $0?.add(.user(user, issuedBefore: instant)) }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var pace = RevocationPace()
      var isFailing = false
      while !Task.isCancelled {
        do {
          try await self.refresh(pace.scope(at: .now))
          pace.succeeded(at: .now)
          isFailing = false
        } catch {
          if !isFailing, !Task.isCancelled {
            self.logger.warning("cannot read revoked tokens", metadata: ["cause": "\(error)"])
          }
          isFailing = true
        }
        try? await Task.sleep(for: Self.refreshInterval)
      }
    }
  }

  private func refresh(_ scope: RevocationPace.Scope) async throws(PostgresError) {
    switch scope {
    case .recent:
      add(try await store.recent(seconds: Self.overlapSeconds))
    case .everything:
      let all = try await store.all()
      if all.count > KnownRevocations.maximumTokens {
        logger.error(
          "more tokens are revoked than fit", metadata: ["limit": .stringConvertible(KnownRevocations.maximumTokens)])
      }
      let limit = Int64(Date().timeIntervalSince1970) - Self.expiryMarginSeconds
      known.withLock { $0?.forget(expiredBefore: limit) }
      add(all)
      try await store.deleteExpired()
    }
  }

  /// What this replica learned by itself meanwhile stays.
  private func add(_ revocations: [Revocation]) {
    known.withLock { known in
      var all = known ?? KnownRevocations()
      for each in revocations { all.add(each) }
      known = all
    }
  }
}

/// When to read everything, and when what is new will do.
struct RevocationPace: Sendable {
  enum Scope: Sendable, Equatable { case everything, recent }

  private var lastSuccess: ContinuousClock.Instant?
  private var lastReload: ContinuousClock.Instant?
  private var asked = Scope.everything

  /// After a pause in which something may have been missed, everything.
  mutating func scope(at now: ContinuousClock.Instant) -> Scope {
    let isGapless = lastSuccess.map { now - $0 < .seconds(Revocations.overlapSeconds / 2) } ?? false
    let isFresh = lastReload.map { now - $0 < Revocations.reloadInterval } ?? false
    asked = isGapless && isFresh ? .recent : .everything
    return asked
  }

  mutating func succeeded(at now: ContinuousClock.Instant) {
    lastSuccess = now
    if asked == .everything { lastReload = now }
  }
}
