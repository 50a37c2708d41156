/// The one session on a server that scrapes share: opened when one needs it, and again after it was lost, with a delay
/// that grows.
package actor SessionKeeper<Session: Sendable> {
  private let open: @Sendable (ContinuousClock.Instant) async throws -> Session
  private let isUsable: @Sendable (Session) -> Bool
  private let end: @Sendable (Session) async -> Void
  private var session: Session?
  private var delay = ReconnectDelay()

  /// - Parameters:
  ///   - open: by the deadline.
  ///   - isUsable: false once a session is lost, so that a new one must be opened. It does no IO.
  ///   - close: of a session that may be lost already.
  package init(
    open: @escaping @Sendable (ContinuousClock.Instant) async throws -> Session,
    isUsable: @escaping @Sendable (Session) -> Bool, close: @escaping @Sendable (Session) async -> Void
  ) {
    self.open = open
    self.isUsable = isUsable
    end = close
  }

  /// The session there is, or a new one.
  /// - Returns: also whether it is new: an old one may turn out to be dead at its first use.
  package func session(until deadline: ContinuousClock.Instant) async throws -> (session: Session, isNew: Bool) {
    if let session, isUsable(session) { return (session, false) }
    await forget()
    if let next = delay.nextAttempt { try await Task.sleep(until: min(next, deadline), clock: .continuous) }
    do {
      let opened = try await open(deadline)
      session = opened
      delay.succeeded()
      return (opened, true)
    } catch {
      delay.failed(at: .now)
      throw error
    }
  }

  /// Ends the session; the next one is new.
  package func forget() async {
    guard let lost = session else { return }
    session = nil
    await end(lost)
  }
}
