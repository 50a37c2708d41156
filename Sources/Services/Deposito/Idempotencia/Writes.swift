import Catalog
import Hummingbird
import Postgres
import ServiceKit

/// Writes of one request each: their change and, where the request has a key, their answer are in one transaction.
struct Writes: Sendable {
  let pool: PostgresPool
  /// Called after a change: there may be events to send.
  let committed: @Sendable () -> Void

  /// Held until the transaction ends: who does not get it is a second request with a key that is on its way.
  private static let claim = Statement(
    "idempotencia_tomar", "SELECT pg_try_advisory_xact_lock(hashtextextended($1 || E'\\n' || $2, 0)) AS tomada")
  private static let keepRefusal = Statement(
    "idempotencia_guardar_rechazo", IdempotencyClaim.insertion + " ON CONFLICT DO NOTHING")

  /// - Parameter work: changes something and says what the client is told. A refusal is thrown as a `Problem`.
  /// - Throws: what the work throws; 409 and 422 about the key; 503 where the database is away.
  /// - Returns: the answer, and what the work found; nil where the answer was given before.
  func perform<Value: Sendable>(
    _ write: WriteRequest, _ work: @Sendable (Transaction) async throws -> (WriteAnswer, Value)
  ) async throws -> (WriteAnswer, Value?) {
    defer { committed() }
    do {
      guard let key = write.key else { return try await pool.transaction { try await work($0) } }
      return try await perform(key, write.requestID, work)
    } catch let error as PostgresError {
      throw try Problem.database(error, writing: true)
    }
  }

  /// A write of which only its answer matters.
  func perform(
    _ write: WriteRequest, _ work: @Sendable (Transaction) async throws -> WriteAnswer
  ) async throws -> Response {
    try await perform(write) { (try await work($0), ()) }.0.response
  }

  private func perform<Value: Sendable>(
    _ key: IdempotencyKey, _ requestID: String, _ work: @Sendable (Transaction) async throws -> (WriteAnswer, Value)
  ) async throws -> (WriteAnswer, Value?) {
    do {
      return try await pool.transaction { transaction in
        let claimed = try await transaction.query(Self.claim, [key.user, key.key])
        guard try claimed.first?.decode("tomada") == true else { throw Problem.keyInUse }
        // Whoever had it before has ended by now, and what it left is seen.
        if let kept = try await KeptAnswers.find(key, in: transaction).answer(for: key) { return (try kept.get(), nil) }
        let (answer, value) = try await work(transaction)
        _ = try await transaction.query(
          IdempotencyClaim.insert, IdempotencyClaim.columns([IdempotencyClaim(key: key, answer: answer)]))
        return (answer, value)
      }
    } catch let error as PostgresError where error.isClaimedKey {
      return (try await kept(key), nil)
    } catch let problem as Problem where problem.isFinal {
      let refusal = IdempotencyClaim(key: key, answer: WriteAnswer(problem, requestID: requestID))
      let isKept = try await pool.query(Self.keepRefusal, IdempotencyClaim.columns([refusal])).affectedRows == 1
      if !isKept { return (try await kept(key), nil) }
      throw problem
    }
  }

  private func kept(_ key: IdempotencyKey) async throws -> WriteAnswer {
    guard let kept = try await KeptAnswers.find([key], in: pool).answer(for: key) else { throw Problem.keyInUse }
    return try kept.get()
  }
}

extension Problem {
  /// The same request will be refused tomorrow: neither a failure of ours nor one of the moment.
  fileprivate var isFinal: Bool { (400..<500).contains(status.code) && headers["Retry-After"] == nil }
}
