import ServiceKit
import Synchronization
import TelemetryHTTP

/// Where movements meet: while one transaction is on its way, those that arrive wait and share the next, which the first
/// of them writes for all. One at a time: what a transaction costs by itself is more than what ten movements add to it,
/// so that two at once would be two small ones. Only one that is slow, since somebody else holds its rows, is overtaken.
final class MovementQueue: Sendable {
  static let maximumBatch = 64
  /// Without an answer yet; one more is told to come back.
  static let maximumMovements = 512
  /// At the same time, when those before are slow.
  static let maximumTransactions = 4
  /// A transaction that takes longer is slow.
  static let patience = Duration.milliseconds(20)

  private enum Turn: Sendable {
    /// Somebody else wrote it.
    case done(MovementResult)
    /// Write it, and the others behind it.
    case lead([Waiting])
    case refused(Problem)
  }

  private struct Waiting: Sendable {
    let movement: PendingMovement
    let continuation: CheckedContinuation<Turn, Never>
  }

  private struct State {
    /// How many transactions are on their way, and when the last of them began.
    var running = 0
    var lastBegan = ContinuousClock.now
    var waiting: [Waiting] = []
    /// Those who wait and those on their way.
    var unanswered = 0
    /// Somebody looks after those who wait.
    var isWatched = false

    /// The first of those who wait, with those behind it, if it is their turn.
    mutating func next() -> (Waiting, [Waiting])? {
      let now = ContinuousClock.now
      let isSlow = lastBegan.duration(to: now) > patience
      guard !waiting.isEmpty, running == 0 || isSlow && running < maximumTransactions else { return nil }
      running += 1
      lastBegan = now
      let batch = waiting.prefix(maximumBatch)
      waiting.removeFirst(batch.count)
      return (batch[0], Array(batch.dropFirst()))
    }
  }

  private let writer: StockWriter
  private let state = Mutex(State())
  private let keysInUse = Mutex<Set<IdempotencyKey>>([])

  init(_ writer: StockWriter) { self.writer = writer }

  /// - Throws: 409 where a movement with the same key is on its way, 503 where too many wait.
  func post(_ movement: PendingMovement) async throws(Problem) -> MovementResult {
    guard let key = movement.key else { return try await take(movement) }
    guard keysInUse.withLock({ $0.insert(key).inserted }) else { throw .keyInUse }
    defer { keysInUse.withLock { _ = $0.remove(key) } }
    return try await take(movement)
  }

  private func take(_ movement: PendingMovement) async throws(Problem) -> MovementResult {
    let turn = await withCheckedContinuation { continuation in
      let (isRefused, isAlone) = state.withLock { state in
        guard state.unanswered < Self.maximumMovements else { return (true, false) }
        state.unanswered += 1
        state.waiting.append(Waiting(movement: movement, continuation: continuation))
        defer { state.isWatched = state.isWatched || state.running > 0 }
        return (false, !state.isWatched && state.running > 0)
      }
      if isRefused { return continuation.resume(returning: .refused(.overloaded)) }
      if isAlone { watch() }
      beginNext()
    }
    switch turn {
    case .done(let outcome): return outcome
    case .refused(let problem): throw problem
    case .lead(let others): return await lead(movement, others)
    }
  }

  private func lead(_ movement: PendingMovement, _ others: [Waiting]) async -> MovementResult {
    let batch = [movement] + others.map { $0.movement }
    // A caller that goes away takes nobody with it.
    let outcomes = await Task(executorPreference: EventLoopTaskExecutor.current) { [writer] in
      await writer.write(batch)
    }.value
    state.withLock {
      $0.running -= 1
      $0.unanswered -= batch.count
    }
    beginNext()
    for (other, outcome) in zip(others, outcomes.dropFirst()) { other.continuation.resume(returning: .done(outcome)) }
    return outcomes[0]
  }

  /// The next in line writes for those behind it.
  private func beginNext() {
    if let (first, others) = state.withLock({ $0.next() }) { first.continuation.resume(returning: .lead(others)) }
  }

  /// Lets those who wait overtake what is slow, as long as somebody waits.
  private func watch() {
    Task {
      repeat {
        try await Task.sleep(for: Self.patience)
        beginNext()
      } while state.withLock { state in
        state.isWatched = !state.waiting.isEmpty
        return state.isWatched
      }
    }
  }
}

extension Problem {
  static let overloaded = Problem.unavailable(
    "Llegan más movimientos de los que se pueden registrar.", retryAfterSeconds: 1)
}
