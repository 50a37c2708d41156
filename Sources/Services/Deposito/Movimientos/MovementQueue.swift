import ServiceKit
import Synchronization

/// Where movements meet: while one transaction is on its way, those that arrive wait and share the next, which the first
/// of them writes for all. A product's movements stand in one line, so that they share a row lock instead of waiting
/// for it.
final class MovementQueue: Sendable {
  /// Transactions at the same time.
  static let lineCount = 4
  static let maximumBatch = 64
  /// In a line; one more is told to come back.
  static let maximumWaiting = 512

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

  private final class Line: Sendable {
    struct State {
      var isBusy = false
      var waiting: [Waiting] = []
    }
    let state = Mutex(State())
  }

  private let writer: StockWriter
  private let lines = (0..<lineCount).map { _ in Line() }
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
    let line = lines[Int(movement.order.productID % Int64(Self.lineCount))]
    let turn = await withCheckedContinuation { continuation in
      let atOnce = line.state.withLock { state -> Turn? in
        guard state.isBusy else {
          state.isBusy = true
          return .lead([])
        }
        guard state.waiting.count < Self.maximumWaiting else { return .refused(.overloaded) }
        state.waiting.append(Waiting(movement: movement, continuation: continuation))
        return nil
      }
      if let atOnce { continuation.resume(returning: atOnce) }
    }
    switch turn {
    case .done(let outcome): return outcome
    case .refused(let problem): throw problem
    case .lead(let others): return await lead(line, movement, others)
    }
  }

  private func lead(_ line: Line, _ movement: PendingMovement, _ others: [Waiting]) async -> MovementResult {
    let batch = [movement] + others.map(\.movement)
    // A caller that goes away takes nobody with it.
    let outcomes = await Task { [writer] in await writer.write(batch) }.value
    handOver(line)
    for (other, outcome) in zip(others, outcomes.dropFirst()) { other.continuation.resume(returning: .done(outcome)) }
    return outcomes[0]
  }

  /// The next in line writes for those behind it.
  private func handOver(_ line: Line) {
    let next = line.state.withLock { state -> [Waiting] in
      let next = Array(state.waiting.prefix(Self.maximumBatch))
      state.waiting.removeFirst(next.count)
      state.isBusy = !next.isEmpty
      return next
    }
    if let first = next.first { first.continuation.resume(returning: .lead(Array(next.dropFirst()))) }
  }
}

extension Problem {
  static let overloaded = Problem.unavailable(
    "Llegan más movimientos de los que se pueden registrar.", retryAfterSeconds: 1)
}
