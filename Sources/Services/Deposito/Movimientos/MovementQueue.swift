import ServiceKit
import Synchronization
import Telemetry
import TelemetryHTTP

/// Where movements meet: while one transaction is on its way, those that arrive wait and share the next, which the first
/// of them writes for all. One at a time: what a transaction costs by itself is more than what ten movements add to it,
/// so that two at once would be two small ones.
///
/// It waits for nobody's lock. Movements whose rows somebody else holds go on by themselves and wait for the lock there;
/// until they have ended, movements of the same products wait here, and all others go past them.
final class MovementQueue: Sendable {
  static let maximumBatch = 64
  /// Without an answer yet; one more is told to come back.
  static let maximumMovements = 512
  /// Of one product, so that one whose row is held leaves room for the others.
  static let maximumOfOneProduct = 256
  /// Transactions that wait for a lock, each with a connection.
  static let maximumPatient = 4

  private enum Turn: Sendable {
    /// Somebody else wrote it.
    case done(MovementResult)
    /// Write it, and the others behind it.
    case lead([Waiting], Patience)
    case refused(Problem)
  }

  private struct Waiting: Sendable {
    let movement: PendingMovement
    let continuation: CheckedContinuation<Turn, Never>

    var product: Int64 { movement.order.productID }
  }

  private struct State {
    var isWriting = false
    var waiting: [Waiting] = []
    /// Of those that wait for a lock.
    var held: [Set<Int64>] = []
    /// How many of each product have no answer yet, and of all.
    var unanswered: [Int64: Int] = [:]
    var total = 0

    /// - Returns: whether there is room for it.
    mutating func enter(_ waiting: Waiting) -> Bool {
      let ofProduct = unanswered[waiting.product, default: 0]
      guard total < maximumMovements, ofProduct < maximumOfOneProduct else { return false }
      unanswered[waiting.product] = ofProduct + 1
      total += 1
      self.waiting.append(waiting)
      return true
    }

    mutating func leave(_ product: Int64) {
      total -= 1
      unanswered[product] = unanswered[product].flatMap { $0 > 1 ? $0 - 1 : nil }
    }

    /// Those whose turn it is, in the order in which they came.
    mutating func next() -> [Waiting] {
      if isWriting { return [] }
      var batch: [Waiting] = []
      waiting.removeAll { each in
        guard batch.count < maximumBatch, !held.contains(where: { $0.contains(each.product) }) else { return false }
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

  /// - Throws: 409 where a movement with the same key is on its way, 503 where too many wait.
  func post(_ movement: PendingMovement) async throws(Problem) -> MovementResult {
    guard let key = movement.key else { return try await take(movement) }
    guard keysInUse.withLock({ $0.insert(key).inserted }) else { throw .keyInUse }
    defer { keysInUse.withLock { _ = $0.remove(key) } }
    return try await take(movement)
  }

  private func take(_ movement: PendingMovement) async throws(Problem) -> MovementResult {
    metrics.unanswered.add(1)
    defer { metrics.unanswered.add(-1) }
    var turn = await withCheckedContinuation { continuation in
      let waiting = Waiting(movement: movement, continuation: continuation)
      guard state.withLock({ $0.enter(waiting) }) else {
        return continuation.resume(returning: Turn.refused(.overloaded))
      }
      beginNext()
    }
    while case .lead(let others, let patience) = turn { turn = await lead(movement, others, patience) }
    switch turn {
    case .done(let outcome): return outcome
    case .refused(let problem): throw problem
    case .lead: throw .internalError
    }
  }

  /// - Returns: what becomes of the first.
  private func lead(_ movement: PendingMovement, _ others: [Waiting], _ patience: Patience) async -> Turn {
    let batch = [movement] + others.map { $0.movement }
    // A caller that goes away takes nobody with it.
    let outcomes = await Task(executorPreference: EventLoopTaskExecutor.current) { [writer] in
      await writer.write(batch, patience)
    }.value
    let held = zip(batch, outcomes).filter { $1.isHeld }.map { $0.0.order.productID }
    let mayWait = state.withLock { state in
      for (movement, outcome) in zip(batch, outcomes) where !outcome.isHeld { state.leave(movement.order.productID) }
      if patience == .full {
        state.held.removeAll { $0.contains(movement.order.productID) }
      } else {
        state.isWriting = false
      }
      if held.isEmpty { return true }
      guard state.held.count < Self.maximumPatient else {
        for product in held { state.leave(product) }
        return false
      }
      state.held.append(Set(held))
      return true
    }
    beginNext()
    return handOver(movement, others, outcomes, mayWait: mayWait)
  }

  /// Tells the others; the first of those whose rows are held goes on with the rest of them.
  private func handOver(
    _ movement: PendingMovement, _ others: [Waiting], _ outcomes: [MovementResult], mayWait: Bool
  ) -> Turn {
    var held: [Waiting] = []
    for (other, outcome) in zip(others, outcomes.dropFirst()) {
      switch outcome {
      case .held where mayWait: held.append(other)
      case .held: other.continuation.resume(returning: .refused(.overloaded))
      default: other.continuation.resume(returning: .done(outcome))
      }
    }
    guard outcomes[0].isHeld else {
      if let first = held.first {
        first.continuation.resume(returning: .lead(Array(held.dropFirst()), .full))
      }
      return .done(outcomes[0])
    }
    return mayWait ? .lead(held, .full) : .refused(.overloaded)
  }

  private func beginNext() {
    let batch = state.withLock { $0.next() }
    if let first = batch.first { first.continuation.resume(returning: .lead(Array(batch.dropFirst()), .none)) }
  }
}

extension Problem {
  static let overloaded = Problem.unavailable(
    "Llegan más movimientos de los que se pueden registrar.", retryAfterSeconds: 1)
}
