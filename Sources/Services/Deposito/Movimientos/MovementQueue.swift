import ServiceKit
import Synchronization
import Telemetry
import TelemetryHTTP

/// Where requests with movements meet: while one transaction is on its way, those that arrive wait and share the next,
/// which the first of them writes for all. One at a time: what a transaction costs by itself is more than what ten
/// movements add to it, so that two at once would be two small ones; and two large ones would wait for each other's rows.
/// The next is drafted meanwhile, from what the one before it is expected to leave.
///
/// It waits for nobody's lock. Requests whose rows somebody else holds go on by themselves and wait for the lock there;
/// until they have ended, those that come later with movements of the same products wait here, and all others go past.
final class MovementQueue: Sendable {
  /// Movements of one transaction, unless a single request has more.
  static let maximumBatch = 512
  /// So many are decided while others are on their way, if those are no more.
  static let enoughToDraft = 4
  /// With so many, writing them computes for longer than the event loop's connections should wait.
  static let longBatch = 64
  /// Requests without an answer yet; one more is told to come back.
  static let maximumRequests = 512
  /// And their movements: some of the largest requests. One by itself always finds room.
  static let maximumMovements = 8 * BatchRoute.maximumMovements
  /// Requests that name one product, so that one whose row is held leaves room for the others.
  static let maximumOfOneProduct = 256
  /// Transactions that wait for a lock, each with a connection.
  static let maximumPatient = 4

  private enum Call: Sendable {
    /// Somebody else wrote it.
    case done(MovementResult)
    /// Write these, of which it is the first.
    case lead([Waiting], Lock)
    case refused(Problem)
  }

  private enum Lock: Sendable {
    /// Is waited for, by whom `State.held` knows under this number.
    case awaited(Int)
    /// What does not get it at once is left out.
    case passed
  }

  private struct Waiting: Sendable {
    let request: PendingMovements
    let products: Set<Int64>
    let continuation: CheckedContinuation<Call, Never>
  }

  private struct State {
    /// Movements of the transaction that is on its way; nil: none is.
    var writing: Int?
    /// And it was drafted.
    var isDrafted = false
    /// The next has been taken, and is drafted or waits for its turn.
    var isDrafting = false
    /// Of the drafted one, which goes on when nothing is on its way.
    var turn: CheckedContinuation<Void, Never>?
    var waiting: [Waiting] = []
    /// Products of those that wait for a lock, by a number.
    var held: [Int: Set<Int64>] = [:]
    var holds = 0
    /// How many requests name each product and have no answer yet, how many there are, and their movements.
    var unanswered: [Int64: Int] = [:]
    var requests = 0
    var movements = 0

    /// - Returns: whether there is room for it.
    mutating func enter(_ waiting: Waiting) -> Bool {
      let count = waiting.request.orders.count
      guard requests < maximumRequests, count == 1 || movements + count <= maximumMovements,
        waiting.products.allSatisfy({ unanswered[$0, default: 0] < maximumOfOneProduct })
      else { return false }
      for product in waiting.products { unanswered[product, default: 0] += 1 }
      requests += 1
      movements += count
      self.waiting.append(waiting)
      return true
    }

    mutating func leave(_ waiting: Waiting) {
      for product in waiting.products { unanswered[product] = unanswered[product].flatMap { $0 > 1 ? $0 - 1 : nil } }
      requests -= 1
      movements -= waiting.request.orders.count
    }

    /// Those whose rows somebody holds wait for them, if there is a connection for it.
    mutating func hold(_ waiting: [Waiting]) -> Lock? {
      if waiting.isEmpty { return nil }
      guard held.count < maximumPatient else {
        for each in waiting { leave(each) }
        return nil
      }
      holds += 1
      held[holds] = waiting.reduce(into: []) { $0.formUnion($1.products) }
      return .awaited(holds)
    }

    /// Those that come next, in the order in which they came: when nothing is on its way, or so many wait that little
    /// would be won by waiting for more.
    mutating func next() -> [Waiting] {
      if isDrafting { return [] }
      let enough = writing.map { min(max($0, enoughToDraft), maximumBatch / 2) } ?? 0
      guard waiting.reduce(0, { $0 + $1.request.orders.count }) >= enough else { return [] }
      var (batch, rest): ([Waiting], [Waiting]) = ([], [])
      var count = 0
      for each in waiting {
        let size = each.request.orders.count
        if count == 0 || count + size <= maximumBatch, held.values.allSatisfy({ $0.isDisjoint(with: each.products) }) {
          count += size
          batch.append(each)
        } else {
          rest.append(each)
        }
      }
      guard count >= enough else { return [] }
      waiting = rest
      isDrafting = !batch.isEmpty
      return batch
    }
  }

  private let writer: StockWriter
  private let metrics: MovementMetrics
  private let state = Mutex(State())
  private let keysInUse = Mutex<Set<String>>([])

  init(_ writer: StockWriter, metrics: MovementMetrics) {
    self.writer = writer
    self.metrics = metrics
  }

  /// - Throws: as a `Problem` what refuses it: 409 also where a request with the same key is on its way, 503 where too
  ///   many wait, or where the database is away; another error is ours.
  func post(_ request: PendingMovements) async throws -> WriteAnswer {
    let key = request.key?.name
    if let key, !keysInUse.withLock({ $0.insert(key).inserted }) { throw Problem.keyInUse }
    defer { if let key { keysInUse.withLock { _ = $0.remove(key) } } }
    let result = try await take(request)
    metrics.count(result, of: request.orders)
    return try result.answer()
  }

  private func take(_ request: PendingMovements) async throws(Problem) -> MovementResult {
    let count = request.orders.count
    metrics.unanswered.add(count)
    defer { metrics.unanswered.add(-count) }
    let products = request.products
    var call = await withCheckedContinuation { continuation in
      let waiting = Waiting(request: request, products: products, continuation: continuation)
      guard state.withLock({ $0.enter(waiting) }) else {
        return continuation.resume(returning: Call.refused(.overloaded))
      }
      beginNext()
    }
    while case .lead(let batch, let lock) = call { call = await lead(batch, lock) }
    switch call {
    case .done(let outcome): return outcome
    case .refused(let problem): throw problem
    case .lead: throw .internalError
    }
  }

  /// - Returns: what becomes of the first.
  private func lead(_ batch: [Waiting], _ lock: Lock) async -> Call {
    let count = batch.reduce(0) { $0 + $1.request.orders.count }
    // A caller that goes away takes nobody with it.
    let outcomes = await Task(
      executorPreference: count > Self.longBatch ? globalConcurrentExecutor : EventLoopTaskExecutor.current
    ) {
      await self.write(batch.map { $0.request }, count, lock)
    }.value
    let held = zip(batch, outcomes).filter { $1.isHeld }.map { $0.0 }
    let (next, turn) = state.withLock { state in
      for (waiting, outcome) in zip(batch, outcomes) where !outcome.isHeld { state.leave(waiting) }
      switch lock {
      case .awaited(let number): state.held[number] = nil
      case .passed: state.writing = nil
      }
      let turn = state.writing == nil ? state.turn.take() : nil
      return (state.hold(held), turn)
    }
    turn?.resume()
    beginNext()
    return handOver(batch, outcomes, held, next)
  }

  private func write(_ requests: [PendingMovements], _ count: Int, _ lock: Lock) async -> [MovementResult] {
    if case .awaited = lock { return await writer.write(requests, .full) }
    let isForeseeable = state.withLock { $0.writing == nil || $0.isDrafted }
    // What a transaction leaves that was not drafted, nobody knows before it ends.
    if !isForeseeable { await awaitTurn() }
    var draft = await writer.draft(requests)
    if isForeseeable {
      await awaitTurn()
      draft = draft.flatMap(writer.confirm)
    }
    let isDrafted = draft != nil
    state.withLock { state in
      state.writing = count
      state.isDrafted = isDrafted
      state.isDrafting = false
    }
    beginNext()
    var isKeyUsed = false
    if let draft {
      let attempt = await writer.write(draft)
      if case .done(let results) = attempt { return results }
      if case .keyUsed = attempt { isKeyUsed = true }
      state.withLock { $0.isDrafted = false }
    }
    return await writer.write(requests, .none, keyUsed: isKeyUsed)
  }

  /// Until nothing is on its way.
  private func awaitTurn() async {
    await withCheckedContinuation { continuation in
      let isNow = state.withLock { state in
        if state.writing == nil { return true }
        state.turn = continuation
        return false
      }
      if isNow { continuation.resume() }
    }
  }

  /// Tells the others; the first of those whose rows are held goes on with the rest of them.
  /// - Parameter lock: that those wait for; nil: they are told to come back.
  private func handOver(_ batch: [Waiting], _ outcomes: [MovementResult], _ held: [Waiting], _ lock: Lock?) -> Call {
    for (other, outcome) in zip(batch, outcomes).dropFirst() {
      switch outcome {
      case .held where lock != nil: continue
      case .held: other.continuation.resume(returning: .refused(.overloaded))
      default: other.continuation.resume(returning: .done(outcome))
      }
    }
    guard outcomes[0].isHeld else {
      if let lock, let first = held.first { first.continuation.resume(returning: .lead(held, lock)) }
      return .done(outcomes[0])
    }
    return lock.map { .lead(held, $0) } ?? .refused(.overloaded)
  }

  private func beginNext() {
    let batch = state.withLock { $0.next() }
    if let first = batch.first { first.continuation.resume(returning: .lead(batch, .passed)) }
  }
}

extension Problem {
  static let overloaded = Problem.unavailable(
    "Llegan más movimientos de los que se pueden registrar.", retryAfterSeconds: 1)
}
