import Synchronization

/// The connection of a running transaction; of no use after the body has returned. One statement at a time.
package final class Transaction: Sendable {
  private let pool: PostgresPool
  private let connection: PostgresConnection
  private let isOpen = Atomic(true)
  private let committed = Atomic(false)
  /// Of the whole transaction.
  package let deadline: ContinuousClock.Instant

  init(_ pool: PostgresPool, _ connection: PostgresConnection, _ deadline: ContinuousClock.Instant) {
    self.pool = pool
    self.connection = connection
    self.deadline = deadline
  }

  /// As `PostgresPool.query`. After any error the transaction can only be rolled back: let the error out of the body.
  package func query(
    _ statement: Statement, _ parameters: [any PostgresEncodable] = []
  ) async throws(PostgresError) -> QueryResult {
    try await run(statement, parameters, commits: false)
  }

  /// The transaction's last statement, with its COMMIT in the same round trip.
  ///
  /// - Throws: as `PostgresPool.transaction`; where the statement fails, nothing is committed.
  package func queryAndCommit(
    _ statement: Statement, _ parameters: [any PostgresEncodable] = []
  ) async throws(PostgresError) -> QueryResult {
    do {
      let result = try await run(statement, parameters, commits: true)
      committed.store(true, ordering: .releasing)
      close()
      return result
    } catch {
      throw error.unknownCommit
    }
  }

  private func run(
    _ statement: Statement, _ parameters: [any PostgresEncodable], commits: Bool
  ) async throws(PostgresError) -> QueryResult {
    guard isOpen.load(ordering: .acquiring) else {
      throw PostgresError(.misuse, "the transaction has ended", statement: statement.name)
    }
    let deadline = min(deadline, .now + pool.limits.statementTimeout)
    return try await pool.observed(statement.name) { () async throws(PostgresError) -> QueryResult in
      try await connection.query(statement, parameters, commits: commits, deadline: deadline)
    }
  }

  var isCommitted: Bool { committed.load(ordering: .acquiring) }

  func close() { isOpen.store(false, ordering: .releasing) }
}
