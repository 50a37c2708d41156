/// What the pool decides. It does no IO and does not know the time: the shell tells it events and does its actions.
struct PoolStateMachine {
  typealias ConnectionID = Int
  typealias WaiterID = Int
  typealias Instant = ContinuousClock.Instant

  struct Settings {
    var maximumConnections: Int
    var maximumWaiters: Int
    /// Connections being made at once, so that a cold start is no storm.
    var maximumConnecting = 4
    /// Kept open without demand.
    var warmConnections: Int
    /// After which a connection beyond the warm ones is closed.
    var idleTimeout: Duration
    /// While the server is away, demand makes an attempt when the last is at least so old.
    var demandRetryInterval = Duration.milliseconds(500)
  }

  enum Action: Equatable {
    case connect(ConnectionID)
    case grant(WaiterID, ConnectionID)
    case fail(WaiterID, Refusal)
    /// See whether an idle connection is still alive; it counts as in use until released.
    case check(ConnectionID)
    case close(ConnectionID)
    case retryConnecting(after: Duration)
    case drained
  }

  enum Refusal: Equatable { case tooManyWaiters, timedOut, cancelled, serverAway, shutDown }

  private enum Slot {
    case connecting
    case idle(since: Instant)
    /// Unused since then: the pool's own question does not make it young.
    case checking(since: Instant)
    case inUse
  }
  private enum Phase { case running, draining, drained }

  private let settings: Settings
  private var slots: [ConnectionID: Slot] = [:]
  /// The last used is used next, so that those too many become old.
  private var idle: [ConnectionID] = []
  private var waiters: [WaiterID] = []
  private var lastConnection: ConnectionID = 0
  private var failures = 0
  private var lastFailure: Instant?
  private var isRetryScheduled = false
  private var phase = Phase.running

  init(_ settings: Settings) { self.settings = settings }

  var counts: PoolCounts {
    PoolCounts(idle: idle.count, inUse: slots.count - idle.count - connecting, waiting: waiters.count)
  }

  /// Connections that the server has given us.
  var live: Int { slots.count - connecting }

  var isRunning: Bool { phase == .running }
  var isDrained: Bool { phase == .drained }

  private var connecting: Int {
    slots.values.count { if case .connecting = $0 { true } else { false } }
  }

  // MARK: Callers

  mutating func acquire(_ waiter: WaiterID, at now: Instant) -> [Action] {
    guard phase == .running else { return [.fail(waiter, .shutDown)] }
    if let connection = idle.popLast() {
      slots[connection] = .inUse
      return [.grant(waiter, connection)]
    }
    guard waiters.count < settings.maximumWaiters else { return [.fail(waiter, .tooManyWaiters)] }
    guard failures > 0, live == 0 else {
      waiters.append(waiter)
      return connectIfNeeded()
    }
    // The server is away: nobody waits in vain, but from time to time one caller tries.
    let isTimeToTry = lastFailure.map { now - $0 >= settings.demandRetryInterval } ?? true
    guard connecting == 0, isTimeToTry else { return [.fail(waiter, .serverAway)] }
    waiters.append(waiter)
    return [connect()]
  }

  /// The waiter's time is over or its task was cancelled. No action if it was served before.
  mutating func leave(_ waiter: WaiterID, because refusal: Refusal) -> [Action] {
    guard let index = waiters.firstIndex(of: waiter) else { return [] }
    waiters.remove(at: index)
    return [.fail(waiter, refusal)]
  }

  mutating func release(_ connection: ConnectionID, isUsable: Bool, at now: Instant) -> [Action] {
    let unusedSince: Instant?
    switch slots[connection] {
    case .inUse?: unusedSince = nil
    case .checking(let since)?: unusedSince = since
    default: return []
    }
    guard isUsable, phase == .running else {
      slots[connection] = nil
      return [.close(connection)] + connectIfNeeded() + drainedIfEmpty()
    }
    if let unusedSince, waiters.isEmpty {
      slots[connection] = .idle(since: unusedSince)
      idle.insert(connection, at: 0)
      return []
    }
    return serve(connection, at: now)
  }

  // MARK: Connecting

  mutating func connected(_ connection: ConnectionID, at now: Instant) -> [Action] {
    guard case .connecting? = slots[connection] else { return [.close(connection)] }
    guard phase == .running else {
      slots[connection] = nil
      return [.close(connection)] + drainedIfEmpty()
    }
    failures = 0
    lastFailure = nil
    return serve(connection, at: now) + connectIfNeeded()
  }

  /// - Parameter jitter: random, 0 to 1.
  mutating func connectFailed(_ connection: ConnectionID, at now: Instant, jitter: Double) -> [Action] {
    guard slots.removeValue(forKey: connection) != nil else { return [] }
    guard phase == .running else { return drainedIfEmpty() }
    lastFailure = now
    var actions: [Action] = []
    if live == 0, connecting == 0 {
      actions = waiters.map { .fail($0, .serverAway) }
      waiters = []
    }
    guard !isRetryScheduled else { return actions }
    // Attempts that fail together count once.
    failures += 1
    isRetryScheduled = true
    return actions + [.retryConnecting(after: Backoff.delay(afterFailures: failures, jitter: jitter))]
  }

  mutating func retryConnecting() -> [Action] {
    isRetryScheduled = false
    guard phase == .running, failures > 0, connecting == 0 else { return [] }
    return live == 0 ? [connect()] : connectIfNeeded()
  }

  // MARK: Upkeep

  /// To be called every second or so: keeps the warm ones, closes those too old, checks the one unused for longest.
  mutating func maintain(at now: Instant) -> [Action] {
    guard phase == .running else { return [] }
    var actions: [Action] = []
    while let oldest = idle.first, case .idle(let since)? = slots[oldest], live > settings.warmConnections,
      now - since >= settings.idleTimeout
    {
      idle.removeFirst()
      slots[oldest] = nil
      actions.append(.close(oldest))
    }
    if let oldest = idle.first, case .idle(let since)? = slots[oldest] {
      idle.removeFirst()
      slots[oldest] = .checking(since: since)
      actions.append(.check(oldest))
    }
    while failures == 0, slots.count < min(settings.warmConnections, settings.maximumConnections),
      connecting < settings.maximumConnecting
    {
      actions.append(connect())
    }
    return actions
  }

  /// No new leases; `.drained` follows when the last one is back.
  mutating func shutDown() -> [Action] {
    guard phase == .running else { return [] }
    phase = .draining
    let refused = waiters.map { Action.fail($0, .shutDown) }
    let closed = idle.map { Action.close($0) }
    for connection in idle { slots[connection] = nil }
    (waiters, idle) = ([], [])
    return refused + closed + drainedIfEmpty()
  }

  /// The leases did not come back in time: their connections are closed under them.
  mutating func abandon() -> [Action] {
    guard phase == .draining else { return [] }
    let closed = slots.compactMap { id, slot in
      switch slot {
      case .inUse, .checking: Action.close(id)
      case .connecting, .idle: nil
      }
    }
    slots = [:]
    return closed.sorted { "\($0)" < "\($1)" } + drainedIfEmpty()
  }

  // MARK: Pieces

  private mutating func serve(_ connection: ConnectionID, at now: Instant) -> [Action] {
    guard !waiters.isEmpty else {
      slots[connection] = .idle(since: now)
      idle.append(connection)
      return []
    }
    slots[connection] = .inUse
    return [.grant(waiters.removeFirst(), connection)]
  }

  private mutating func connectIfNeeded() -> [Action] {
    guard phase == .running, failures == 0 || !isRetryScheduled else { return [] }
    let limit = min(waiters.count, failures > 0 ? 1 : settings.maximumConnecting)
    var actions: [Action] = []
    while connecting < limit, slots.count < settings.maximumConnections { actions.append(connect()) }
    return actions
  }

  private mutating func connect() -> Action {
    lastConnection += 1
    slots[lastConnection] = .connecting
    return .connect(lastConnection)
  }

  private mutating func drainedIfEmpty() -> [Action] {
    guard phase == .draining, slots.isEmpty else { return [] }
    phase = .drained
    return [.drained]
  }
}
