import Logging
import ServiceLifecycle
import Synchronization

/// Connections shared by many tasks, with a bound on how many, on who may wait and for how long.
///
/// Connections are made when they are needed. While the server is away callers get `.unavailable` at once, and within
/// half a second of its return the next caller is served.
package final class PostgresPool: Service {
  package struct Limits: Sendable {
    /// Connections to the server, at most.
    package var maximumConnections = 16
    /// Kept open without demand, while `run` runs.
    package var warmConnections = 2
    /// Tasks waiting for a connection; one more is refused at once.
    package var maximumWaiters = 256
    /// From asking for a connection to `.poolExhausted`.
    package var acquireTimeout = Duration.seconds(2)
    /// Of a statement whose caller gives no deadline; the wait for a connection is part of it.
    package var statementTimeout = Duration.seconds(5)
    /// Of a transaction whose caller gives no deadline.
    package var transactionTimeout = Duration.seconds(10)
    /// After which an unused connection beyond the warm ones is closed.
    package var idleTimeout = Duration.seconds(300)
    /// How long a graceful shutdown waits for connections in use.
    package var shutdownTimeout = Duration.seconds(10)

    package init() {}

    package init(maximumConnections: Int) { self.maximumConnections = maximumConnections }
  }

  static let maintenanceInterval = Duration.seconds(1)

  package let configuration: PostgresConfiguration
  package let limits: Limits
  let logger: Logger
  let observer: (any PostgresObserver)?
  private let state: Mutex<PoolState>

  package init(
    configuration: PostgresConfiguration, limits: Limits = Limits(), logger: Logger,
    observer: (any PostgresObserver)? = nil
  ) {
    self.configuration = configuration
    self.limits = limits
    self.logger = logger
    self.observer = observer
    let settings = PoolStateMachine.Settings(
      maximumConnections: limits.maximumConnections, maximumWaiters: limits.maximumWaiters,
      warmConnections: limits.warmConnections, idleTimeout: limits.idleTimeout)
    state = Mutex(PoolState(machine: PoolStateMachine(settings)))
  }

  /// For `db_pool_connections{state}`.
  package var counts: PoolCounts { state.withLock { $0.machine.counts } }

  /// Keeps connections warm until a graceful shutdown or `close`; then waits for those in use and closes all.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled, self.state.withLock({ $0.machine.isRunning }) {
        self.tell { $0.maintain(at: .now) }
        try? await Task.sleep(for: Self.maintenanceInterval)
      }
    }
    await close(within: limits.shutdownTimeout)
  }

  /// Refuses new callers, waits for the connections in use and closes all; after `timeout`, under their users.
  package func close(within timeout: Duration) async {
    tell { $0.shutDown() }
    let timer = try? Reactor.shared().schedule(at: .now + timeout) { self.tell { $0.abandon() } }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if !state.withLock({ $0.addDrainWaiter(continuation) }) { continuation.resume() }
      }
    } onCancel: {
      tell { $0.abandon() }
    }
    if let timer { try? Reactor.shared().cancel(timer) }
  }

  /// A connection that was alive a moment ago. Give it back with `release`.
  func acquire(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> Lease {
    let reactor = try Reactor.shared()
    // Each turn takes one dead connection out; a new one is not dead.
    for _ in 0...limits.maximumConnections {
      let lease = try await acquireAny(reactor, until: deadline)
      if await lease.connection.isAliveWhileIdle() { return lease }
      release(lease)
    }
    throw PostgresError(.unavailable, "every connection to \(configuration.redactedDescription) was lost")
  }

  func release(_ lease: Lease) {
    tell { $0.release(lease.id, isUsable: lease.connection.isReusable, at: .now) }
  }

  private func acquireAny(
    _ reactor: Reactor, until deadline: ContinuousClock.Instant
  ) async throws(PostgresError) -> Lease {
    let now = ContinuousClock.now
    guard deadline > now else {
      throw PostgresError(.timedOut, "the deadline passed before a connection was asked for")
    }
    let limit = now + limits.acquireTimeout
    let waiter = state.withLock { $0.newWaiter() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        state.withLock { $0.waiting[waiter] = Waiter(continuation, callersDeadline: deadline < limit) }
        tell { $0.acquire(waiter, at: now) }
        setTimer(of: waiter, at: min(deadline, limit), reactor)
        if Task.isCancelled { tell { $0.leave(waiter, because: .cancelled) } }
      }
    } onCancel: {
      tell { $0.leave(waiter, because: .cancelled) }
    }
    return try result.get()
  }

  /// Only if the waiter was not served at once.
  private func setTimer(of waiter: Int, at deadline: ContinuousClock.Instant, _ reactor: Reactor) {
    guard state.withLock({ $0.waiting[waiter] != nil }) else { return }
    let timer = reactor.schedule(at: deadline) { [weak self] in
      self?.tell { $0.leave(waiter, because: .timedOut) }
    }
    let isKept = state.withLock { $0.keep(timer, of: waiter) }
    if !isKept { reactor.cancel(timer) }
  }

  /// Tells the state machine of an event and does what it decides.
  private func tell(_ event: (inout PoolStateMachine) -> [PoolStateMachine.Action]) {
    let effects = state.withLock { state in
      event(&state.machine).map { state.effect(of: $0, limits, configuration) }
    }
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: PoolState.Effect) {
    switch effect {
    case .none: break
    case .resume(let waiter, let result):
      if let timer = waiter.timer { try? Reactor.shared().cancel(timer) }
      waiter.continuation.resume(returning: result)
    case .connect(let id): Task { await connect(id) }
    case .check(let lease):
      Task {
        let isAlive = await lease.connection.isAliveWhileIdle()
        release(lease)
        // Where one was lost the others are, too.
        if !isAlive { tell { $0.maintain(at: .now) } }
      }
    case .close(let connection): Task { await connection.close() }
    case .retry(let delay):
      _ = try? Reactor.shared().schedule(at: .now + delay) { [weak self] in self?.tell { $0.retryConnecting() } }
    case .drained(let waiters): for waiter in waiters { waiter.resume() }
    }
  }

  private func connect(_ id: Int) async {
    do {
      let connection = try await PostgresConnection.connect(
        configuration, deadline: .now + configuration.connectTimeout, logger: logger)
      let wasAway = state.withLock { $0.connected(id, connection) }
      if wasAway { logger.notice("PostgreSQL is back: \(configuration.redactedDescription)") }
      tell { $0.connected(id, at: .now) }
    } catch {
      let isNews = state.withLock { $0.failed(error) }
      if isNews { logger.warning("\(error)") }
      tell { $0.connectFailed(id, at: .now, jitter: .random(in: 0...1)) }
    }
  }
}
