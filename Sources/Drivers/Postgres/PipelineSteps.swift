import CLibpq

extension PostgresConnection {
  /// How long a cancelled statement may go on before it is cancelled again: the first cancellation may have come before
  /// the server had begun it.
  private static let cancellationRepeat = Duration.milliseconds(50)

  /// Puts all statements with a Sync behind each into libpq's buffer; what the socket does not take goes out while the
  /// answers are read. Nil if libpq refused.
  func send(_ statements: [Statement], on connection: OpaquePointer) -> [PipelineStep]? {
    guard PQenterPipelineMode(connection) == 1 else { return nil }
    var steps: [PipelineStep] = []
    steps.reserveCapacity(statements.count)
    for statement in statements {
      let key = PreparedStatements.Key(statement: statement, types: [])
      let known = prepared.name(of: key)
      let name = known ?? prepared.newName()
      steps.append(PipelineStep(key: key, name: name, wasPrepared: known != nil))
      if known == nil {
        guard PQsendPrepare(connection, name, statement.sql, 0, nil) == 1 else { return nil }
      }
      guard PQsendQueryPrepared(connection, name, 0, nil, nil, nil, 0) == 1, PQpipelineSync(connection) == 1 else {
        return nil
      }
    }
    return steps
  }

  func note(_ step: PipelineStep, _ reply: Reply) {
    guard !step.wasPrepared else { return }
    // The first answer of a new one is to its preparation.
    if reply.results.isEmpty { prepared.refused(step.name) } else { prepared.accepted(step.key, as: step.name) }
  }

  /// A table has changed under the plan, or something dropped all plans: nothing was executed.
  func isOutOfDate(_ step: PipelineStep, _ reply: Reply) -> Bool {
    let state = reply.failure?.sqlState
    guard step.wasPrepared, state == .featureNotSupported || state == .invalidStatementName else { return false }
    prepared.forget(step.key)
    return true
  }

  /// Takes the answers of one statement, up to its Sync, and cancels it at its limit.
  ///
  /// - Throws: when there is nothing more to come: the connection was lost, or the statement did not end in time.
  func finish(
    _ reply: inout Reply, _ connection: OpaquePointer, until limit: ContinuousClock.Instant,
    _ cancellations: inout Cancellations
  ) async throws(Interruption) {
    cancellations.begin()
    do {
      return try await collect(
        &reply, connection, until: min(limit, cancellations.deadline), heedingCancellation: !cancellations.isAborted)
    } catch {
      if case .lost = error { throw error }
      if case .cancelled = error { cancellations.abort(at: .now) }
    }
    let end = cancellations.graceEnd(at: .now)
    while true {
      guard let request = handle.cancellation?.request() else { throw .timedOut }
      cancellations.request()
      // By then the server has signalled, and what is sent later cannot be hit.
      guard try await request.value(reactor, until: end, heedingCancellation: false) else { throw .timedOut }
      do {
        let patience = min(end, .now + Self.cancellationRepeat)
        return try await collect(&reply, connection, until: patience, heedingCancellation: false)
      } catch {
        guard case .timedOut = error, end > .now else { throw error }
      }
    }
  }
}
