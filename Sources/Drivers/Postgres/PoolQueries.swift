import Logging

/// Told of every statement that went through a pool; it must be quick.
package protocol PostgresObserver: Sendable {
  /// - Parameters:
  ///   - statement: the `Statement`'s name, or `COMMIT`.
  ///   - duration: from sending to the last row, without the wait for a connection; to the end of the COMMIT that
  ///     travelled with it.
  func queryFinished(statement: String, duration: Duration, error: PostgresError?)
}

extension PostgresPool {
  /// Runs one statement in a transaction of its own, in one round trip.
  ///
  /// - Parameter deadline: also of the wait for a connection; by default `limits.statementTimeout` from now.
  /// - Throws: as `PostgresConnection.query`, and `.poolExhausted`.
  package func query(
    _ statement: Statement, _ parameters: [any PostgresEncodable] = [], deadline: ContinuousClock.Instant? = nil
  ) async throws(PostgresError) -> QueryResult {
    let deadline = deadline ?? .now + limits.statementTimeout
    let lease: Lease
    do {
      lease = try await acquire(until: deadline)
    } catch {
      var named = error
      named.statement = statement.name
      observer?.queryFinished(statement: statement.name, duration: .zero, error: named)
      throw named
    }
    defer { release(lease) }
    return try await observed(statement.name) { () async throws(PostgresError) -> QueryResult in
      try await lease.connection.query(statement, parameters, deadline: deadline)
    }
  }

  /// Runs the body in a transaction: COMMIT when it returns, ROLLBACK when it throws, when the task is cancelled or the
  /// deadline has passed. BEGIN travels with the first statement; a body without statements costs nothing.
  ///
  /// - Parameter deadline: of all of it; by default `limits.transactionTimeout` from now.
  /// - Throws: what the body throws; `.outcomeUnknown` when the connection was lost during COMMIT; `.server` with
  ///   `.inFailedTransaction` when the body swallowed a statement's error.
  nonisolated(nonsending) package func transaction<R: Sendable>(
    deadline: ContinuousClock.Instant? = nil, _ body: (Transaction) async throws -> R
  ) async throws -> R {
    let deadline = deadline ?? .now + limits.transactionTimeout
    let lease = try await acquire(until: deadline)
    defer { release(lease) }
    await lease.connection.begin()
    let transaction = Transaction(self, lease.connection, deadline)
    do {
      let value = try await body(transaction)
      transaction.close()
      if transaction.isCommitted { return value }
      try checkBeforeCommit(deadline)
      try await commit(lease.connection, deadline)
      return value
    } catch {
      transaction.close()
      if !transaction.isCommitted { await rollBack(lease.connection) }
      throw error
    }
  }

  func observed(
    _ name: String, _ operation: () async throws(PostgresError) -> QueryResult
  ) async throws(PostgresError) -> QueryResult {
    let start = ContinuousClock.now
    do {
      let result = try await operation()
      observer?.queryFinished(statement: name, duration: .now - start, error: nil)
      return result
    } catch {
      observer?.queryFinished(statement: name, duration: .now - start, error: error)
      throw error
    }
  }

  private func checkBeforeCommit(_ deadline: ContinuousClock.Instant) throws(PostgresError) {
    if Task.isCancelled {
      throw PostgresError(.cancelled, "the task was cancelled; the transaction was rolled back")
    }
    guard deadline > .now else {
      throw PostgresError(.timedOut, "the transaction's deadline passed; it was rolled back")
    }
  }

  private func commit(
    _ connection: PostgresConnection, _ deadline: ContinuousClock.Instant
  ) async throws(PostgresError) {
    let start = ContinuousClock.now
    do throws(PostgresError) {
      let tag = try await connection.end("COMMIT", until: deadline)
      guard tag == "COMMIT" else {
        throw PostgresError(
          .server, "the transaction was rolled back, since a statement in it failed and the error was swallowed",
          sqlState: .inFailedTransaction, statement: "COMMIT")
      }
      observer?.queryFinished(statement: "COMMIT", duration: .now - start, error: nil)
    } catch {
      let failure = error.unknownCommit
      observer?.queryFinished(statement: "COMMIT", duration: .now - start, error: failure)
      throw failure
    }
  }

  private func rollBack(_ connection: PostgresConnection) async {
    guard connection.isUsable else { return }
    do {
      _ = try await connection.end("ROLLBACK", until: .now + Self.rollbackTimeout)
    } catch {
      logger.debug("A connection that cannot roll back is closed: \(error)")
      await connection.close()
    }
  }

  /// After it the connection is closed, which rolls back as well.
  private static var rollbackTimeout: Duration { .seconds(1) }
}

extension PostgresError {
  /// The same of a COMMIT that was sent.
  var unknownCommit: PostgresError {
    guard mayHaveTakenEffect else { return self }
    var failure = self
    failure.kind = .outcomeUnknown
    failure.message = "whether the transaction was committed is not known: " + message
    return failure
  }
}
