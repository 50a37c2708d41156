import Postgres
import ServiceKit

/// The movements of one request on their way into the ledger, all or none of them, and what its caller will be told.
struct PendingMovements: Sendable {
  let orders: [MovementOrder]
  let key: IdempotencyKey?
  let requestID: String
  /// What the caller is told once they are in the ledger.
  let answer: @Sendable (Posting) -> WriteAnswer
  /// What the caller is told of the one that cannot be.
  let problem: @Sendable (StockBook.Obstacle) -> Problem

  var products: Set<Int64> { Set(orders.map { $0.productID }) }
}

extension PendingMovements {
  /// One by itself.
  init(_ order: MovementOrder, key: IdempotencyKey?, requestID: String) {
    self.init(
      orders: [order], key: key, requestID: requestID,
      answer: { WriteAnswer(MovementAnswer(movimiento: $0.movements[0], producto: $0.products[0])) },
      problem: { Problem($0.refusal) })
  }
}

/// What became of one request.
enum MovementResult: Sendable {
  case posted([Movement], WriteAnswer)
  case refused(Problem)
  case replayed(WriteAnswer)
  /// Somebody holds a row of it; it was left out.
  case held
  /// Not known to be in the ledger.
  case failed(any Error)

  var isPosted: Bool { if case .posted = self { true } else { false } }
  var isHeld: Bool { if case .held = self { true } else { false } }

  /// - Throws: what the caller is told instead, as a `Problem`; another error is ours.
  func answer() throws -> WriteAnswer {
    switch self {
    case .posted(_, let answer), .replayed(let answer): return answer
    case .refused(let problem): throw problem
    case .held: throw Problem.overloaded
    case .failed(let error):
      guard let error = error as? PostgresError else { throw error }
      throw try Problem.database(error, writing: true)
    }
  }
}

/// How long a transaction waits for rows that somebody else has locked.
enum Patience: Sendable {
  /// What it does not get at once it leaves out.
  case none
  /// As long as a statement may take.
  case full
}
