/// How many connections a pool has, and how many tasks wait for one.
package struct PoolCounts: Sendable, Hashable {
  package var idle = 0
  package var inUse = 0
  package var waiting = 0

  package init(idle: Int = 0, inUse: Int = 0, waiting: Int = 0) {
    (self.idle, self.inUse, self.waiting) = (idle, inUse, waiting)
  }
}

/// A connection taken out of the pool.
struct Lease: Sendable {
  let id: PoolStateMachine.ConnectionID
  let connection: PostgresConnection
}

/// A task that waits for a connection.
struct Waiter {
  let continuation: CheckedContinuation<Result<Lease, PostgresError>, Never>
  /// The caller's deadline comes before the pool's `acquireTimeout`.
  let callersDeadline: Bool
  var timer: Reactor.Token?

  init(_ continuation: CheckedContinuation<Result<Lease, PostgresError>, Never>, callersDeadline: Bool) {
    self.continuation = continuation
    self.callersDeadline = callersDeadline
  }
}

/// The state machine and the things that its numbers stand for.
struct PoolState {
  enum Effect {
    case none
    case resume(Waiter, Result<Lease, PostgresError>)
    case connect(Int)
    case check(Lease)
    case close(PostgresConnection)
    case retry(after: Duration)
    case drained([CheckedContinuation<Void, Never>])
  }

  var machine: PoolStateMachine
  var waiting: [PoolStateMachine.WaiterID: Waiter] = [:]
  /// Shutdowns that wait for the last lease.
  private var drainWaiters: [CheckedContinuation<Void, Never>] = []
  private var connections: [PoolStateMachine.ConnectionID: PostgresConnection] = [:]
  private var lastWaiter = 0
  /// Why the last attempt to connect failed; nil while they succeed.
  private var lastFailure: PostgresError?

  init(machine: PoolStateMachine) { self.machine = machine }

  mutating func newWaiter() -> Int {
    lastWaiter += 1
    return lastWaiter
  }

  /// False when there is nothing to wait for.
  mutating func addDrainWaiter(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
    guard !machine.isDrained else { return false }
    drainWaiters.append(continuation)
    return true
  }

  /// False when the waiter was answered meanwhile.
  mutating func keep(_ timer: Reactor.Token, of waiter: Int) -> Bool {
    guard waiting[waiter] != nil else { return false }
    waiting[waiter]?.timer = timer
    return true
  }

  /// True when the server had been away.
  mutating func connected(_ id: Int, _ connection: PostgresConnection) -> Bool {
    connections[id] = connection
    defer { lastFailure = nil }
    return lastFailure != nil
  }

  /// True when it did not fail before, or otherwise.
  mutating func failed(_ error: PostgresError) -> Bool {
    defer { lastFailure = error }
    return lastFailure?.message != error.message
  }

  mutating func effect(
    of action: PoolStateMachine.Action, _ limits: PostgresPool.Limits, _ configuration: PostgresConfiguration
  ) -> Effect {
    switch action {
    case .connect(let id): return .connect(id)
    case .retryConnecting(let delay): return .retry(after: delay)
    case .drained:
      defer { drainWaiters = [] }
      return .drained(drainWaiters)
    case .close(let id): return connections.removeValue(forKey: id).map { .close($0) } ?? .none
    case .check(let id): return connections[id].map { .check(Lease(id: id, connection: $0)) } ?? .none
    case .grant(let waiter, let id):
      guard let waiter = waiting.removeValue(forKey: waiter), let connection = connections[id] else { return .none }
      return .resume(waiter, .success(Lease(id: id, connection: connection)))
    case .fail(let id, let refusal):
      guard let waiter = waiting.removeValue(forKey: id) else { return .none }
      return .resume(waiter, .failure(error(refusal, waiter, limits, configuration)))
    }
  }

  private func error(
    _ refusal: PoolStateMachine.Refusal, _ waiter: Waiter, _ limits: PostgresPool.Limits,
    _ configuration: PostgresConfiguration
  ) -> PostgresError {
    switch refusal {
    case .tooManyWaiters:
      PostgresError(
        .poolExhausted, "\(limits.maximumWaiters) tasks wait for one of \(limits.maximumConnections) connections")
    case .timedOut where machine.live == 0 && (lastFailure != nil || !waiter.callersDeadline):
      serverAway(configuration)
    case .timedOut where waiter.callersDeadline:
      PostgresError(.timedOut, "no connection became free before the deadline")
    case .timedOut:
      PostgresError(
        .poolExhausted,
        "no connection became free in \(limits.acquireTimeout); all \(limits.maximumConnections) are in use")
    case .cancelled: PostgresError(.cancelled, "the task was cancelled while it waited for a connection")
    case .serverAway: serverAway(configuration)
    case .shutDown: PostgresError(.unavailable, "the connection pool is shut down")
    }
  }

  /// Whatever the reason, for the caller it means that the database is not there.
  private func serverAway(_ configuration: PostgresConfiguration) -> PostgresError {
    var error =
      lastFailure
      ?? PostgresError(.unavailable, "\(configuration.redactedDescription) has not answered yet")
    error.kind = .unavailable
    return error
  }
}
