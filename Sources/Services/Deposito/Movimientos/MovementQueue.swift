import ServiceKit
import Synchronization
import Telemetry
import TelemetryHTTP

/// Where requests with movements meet: while one transaction is on its way, those that arrive wait and share the next,
/// which the first of them writes for all. One at a time: what a transaction costs by itself is more than what ten
/// movements add to it, so that two at once would be two small ones; and two large ones would wait for each other's rows.
///
/// It waits for nobody's lock. Requests whose rows somebody else holds go on by themselves and wait for the lock there;
/// until they have ended, those with movements of the same products wait here, and all others go past them.
final class MovementQueue: Sendable {
  /// Movements of one transaction, unless a single request has more.
  static let maximumBatch = 512
  /// With so many, writing them computes for longer than the event loop's connections should wait.
  static let longBatch = 64
  /// Requests without an answer yet; one more is told to come back.
  static let maximumRequests = 512
  /// And their movements: some of the largest requests.
  static let maximumMovements = 8 * BatchRoute.maximumMovements
  /// Requests that name one product, so that one whose row is held leaves room for the others.
  static let maximumOfOneProduct = 256
  /// Transactions that wait for a lock, each with a connection.
  static let maximumPatient = 4

  private enum Turn: Sendable {
    /// Somebody else wrote it.
    case done(MovementResult)
    /// Write these, of which it is the first.
    case lead([Waiting], Patience)
    case refused(Problem)
  }

  private struct Waiting: Sendable {
    let request: PendingMovements
    let products: Set<Int64>
    let continuation: CheckedContinuation<Turn, Never>
  }

  private struct State {
    var isWriting = false
    var waiting: [Waiting] = []
    /// Of those that wait for a lock.
    var held: [Set<Int64>] = []
    /// How many requests name each product and have no answer yet, how many there are, and their movements.
    var unanswered: [Int64: Int] = [:]
    var requests = 0
    var movements = 0

    /// - Returns: whether there is room for it.
    mutating func enter(_ waiting: Waiting) -> Bool {
      let count = waiting.request.orders.count
      guard requests < maximumRequests, movements + count <= maximumMovements,
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

    /// Those whose turn it is, in the order in which they came.
    mutating func next() -> [Waiting] {
      if isWriting { return [] }
      var batch: [Waiting] = []
      var count = 0
      waiting.removeAll { each in
        guard count == 0 || count + each.request.orders.count <= maximumBatch,
          held.allSatisfy({ $0.isDisjoint(with: each.products) })
        else { return false }
        count += each.request.orders.count
        batch.append(each)
        return true
      }
      isWriting = !batch.isEmpty
      return batch
    }
  }

  private let writer: StockWriter
  private let metrics: MovementMetrics
  private let state = Mutex(State())
  private let keysInUse = Mutex<Set<IdempotencyKey>>([])

  init(_ writer: StockWriter, metrics: MovementMetrics) {
    self.writer = writer
    self.metrics = metrics
  }

  /// - Throws: as a `Problem` what refuses it: 409 also where a request with the same key is on its way, 503 where too
  ///   many wait, or where the database is away; another error is ours.
  func post(_ request: PendingMovements) async throws -> WriteAnswer {
    if let key = request.key, !keysInUse.withLock({ $0.insert(key).inserted }) { throw Problem.keyInUse }
    defer { if let key = request.key { keysInUse.withLock { _ = $0.remove(key) } } }
    let result = try await take(request)
    metrics.count(result, of: request.orders)
    return try result.answer()
  }

  private func take(_ request: PendingMovements) async throws(Problem) -> MovementResult {
    let count = request.orders.count
    metrics.unanswered.add(count)
    defer { metrics.unanswered.add(-count) }
    let products = request.products
    var turn = await withCheckedContinuation { continuation in
      let waiting = Waiting(request: request, products: products, continuation: continuation)
      guard state.withLock({ $0.enter(waiting) }) else {
        return continuation.resume(returning: Turn.refused(.overloaded))
      }
      beginNext()
    }
    while case .lead(let batch, let patience) = turn { turn = await lead(batch, patience) }
    switch turn {
    case .done(let outcome): return outcome
    case .refused(let problem): throw problem
    case .lead: throw .internalError
    }
  }

  /// - Returns: what becomes of the first.
  private func lead(_ batch: [Waiting], _ patience: Patience) async -> Turn {
    let requests = batch.map { $0.request }
    let isLong = requests.reduce(0) { $0 + $1.orders.count } > Self.longBatch
    // A caller that goes away takes nobody with it.
    let outcomes = await Task(
      executorPreference: isLong ? globalConcurrentExecutor : EventLoopTaskExecutor.current
    ) { [writer] in
      await writer.write(requests, patience)
    }.value
    let held = zip(batch, outcomes).filter { $1.isHeld }.map { $0.0 }
    let mayWait = state.withLock { state in
      for (waiting, outcome) in zip(batch, outcomes) where !outcome.isHeld { state.leave(waiting) }
      if patience == .full {
        state.held.removeAll { !$0.isDisjoint(with: batch[0].products) }
      } else {
        state.isWriting = false
      }
      if held.isEmpty { return true }
      guard state.held.count < Self.maximumPatient else {
        for waiting in held { state.leave(waiting) }
        return false
      }
      state.held.append(held.reduce(into: []) { $0.formUnion($1.products) })
      return true
    }
    beginNext()
    return handOver(batch, outcomes, held, mayWait: mayWait)
  }

  /// Tells the others; the first of those whose rows are held goes on with the rest of them.
  private func handOver(
    _ batch: [Waiting], _ outcomes: [MovementResult], _ held: [Waiting], mayWait: Bool
  ) -> Turn {
    for (other, outcome) in zip(batch, outcomes).dropFirst() {
      switch outcome {
      case .held where mayWait: continue
      case .held: other.continuation.resume(returning: .refused(.overloaded))
      default: other.continuation.resume(returning: .done(outcome))
      }
    }
    guard outcomes[0].isHeld else {
      if mayWait, let first = held.first { first.continuation.resume(returning: .lead(held, .full)) }
      return .done(outcomes[0])
    }
    return mayWait ? .lead(held, .full) : .refused(.overloaded)
  }

  private func beginNext() {
    let batch = state.withLock { $0.next() }
    if let first = batch.first { first.continuation.resume(returning: .lead(batch, .none)) }
  }
}

extension Problem {
  static let overloaded = Problem.unavailable(
    "Llegan más movimientos de los que se pueden registrar.", retryAfterSeconds: 1)
}
