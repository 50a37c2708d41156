import CLibpq

extension PostgresConnection {
  /// Runs a statement: one round trip, also the first time, when it is prepared on the way.
  ///
  /// - Parameter commits: COMMIT travels with it; where the statement fails, nothing is committed.
  /// - Throws: `.server` with the SQLSTATE, after which the connection stays usable; `.timedOut` at the latest
  ///   `cancellationGraceMilliseconds` after the deadline; `.cancelled`; `.unavailable`; `.encoding`; `.misuse`.
  package func query(
    _ statement: Statement, _ parameters: [any PostgresEncodable] = [], commits: Bool = false,
    deadline: ContinuousClock.Instant
  ) async throws(PostgresError) -> QueryResult {
    let encoded = try EncodedParameters(parameters, statement: statement.name)
    // A statement that is the whole transaction needs neither: the server makes it one.
    let (begins, ends) = (owesBegin && !commits, commits && !owesBegin)
    let key = PreparedStatements.Key(statement: statement, types: encoded.types)
    let wasPrepared = prepared.name(of: key) != nil
    do {
      return try await run(key, encoded, begins: begins, ends: ends, until: deadline)
    } catch {
      // A migration changed a table under the plan, or something dropped all plans: nothing was executed.
      guard wasPrepared, error.sqlState == .featureNotSupported || error.sqlState == .invalidStatementName else {
        throw error
      }
      prepared.forget(key)
      guard !isInTransaction else { throw error }
      return try await run(key, encoded, begins: begins, ends: ends, until: deadline)
    }
  }

  /// Runs several statements separated by semicolons, without parameters; all in one transaction unless the script
  /// has its own. Returns how many succeeded. An error's `position` counts characters of the whole script.
  @discardableResult
  package func execute(
    script sql: String, deadline: ContinuousClock.Instant
  ) async throws(PostgresError) -> Int {
    try await script(sql, until: deadline).checked().count
  }

  /// The same, with the server's refusal in the reply.
  func script(_ sql: String, until deadline: ContinuousClock.Instant) async throws(PostgresError) -> Reply {
    try await exchange(nil, until: deadline) { PQsendQuery($0, sql) == 1 }
  }

  /// The server has an open transaction, failed or not.
  var isInTransaction: Bool {
    switch PQtransactionStatus(handle.connection) {
    case PQTRANS_INTRANS, PQTRANS_INERROR: true
    default: false
    }
  }

  /// From here until COMMIT or ROLLBACK is one transaction; BEGIN travels with the first statement.
  func begin() { owesBegin = true }

  /// Sends COMMIT or ROLLBACK unless no statement was, or nothing is left to roll back. A cancelled task does not stop
  /// it.
  ///
  /// - Returns: the server's tag: COMMIT of a failed transaction answers ROLLBACK.
  func end(_ verb: String, until deadline: ContinuousClock.Instant) async throws(PostgresError) -> String {
    if owesBegin || verb == "ROLLBACK" && !isInTransaction {
      owesBegin = false
      return verb
    }
    let reply = try await exchange(verb, until: deadline, heedingCancellation: false) { PQsendQuery($0, verb) == 1 }
    return try reply.checked().last?.commandTag ?? ""
  }

  private func run(
    _ key: PreparedStatements.Key, _ parameters: EncodedParameters, begins: Bool, ends: Bool,
    until deadline: ContinuousClock.Instant
  ) async throws(PostgresError) -> QueryResult {
    let known = prepared.name(of: key)
    let name = known ?? prepared.newName()
    let reply = try await exchange(key.statement.name, until: deadline) { connection in
      guard PQenterPipelineMode(connection) == 1 else { return false }
      if begins {
        guard PQsendQueryParams(connection, "BEGIN", 0, nil, nil, nil, nil, 0) == 1 else { return false }
      }
      if known == nil {
        let sql = key.statement.sql
        guard PQsendPrepare(connection, name, sql, parameters.count, parameters.oids) == 1 else { return false }
      }
      let sent = parameters.withPointers { values in
        PQsendQueryPrepared(connection, name, parameters.count, values, nil, nil, 0)
      }
      guard sent == 1 else { return false }
      if ends {
        guard PQsendQueryParams(connection, "COMMIT", 0, nil, nil, nil, nil, 0) == 1 else { return false }
      }
      guard PQpipelineSync(connection) == 1 else { return false }
      owesBegin = false
      return true
    }
    if known == nil {
      if reply.results.count > (begins ? 1 : 0) { prepared.accepted(key, as: name) } else { prepared.refused(name) }
    }
    guard let result = try reply.checked().dropLast(ends ? 1 : 0).last else {
      throw PostgresError(.server, "the statement returned nothing", statement: key.statement.name)
    }
    return QueryResult(storage: result)
  }
}
