import CLibpq
import Logging

/// Hears of a pipeline's statements as they come to their turn, in order and one at a time. It must not block: the
/// next answer is read after it has returned.
package protocol PipelineReader: Sendable {
  /// The server works on this statement now. Returns until when it may. A statement that must be repeated begins
  /// again, after all others.
  func begins(_ index: Int) -> ContinuousClock.Instant
  /// Called once a statement, also for those that never began.
  func ended(_ index: Int, _ result: Result<QueryResult, PostgresError>)
}

/// A statement of a pipeline as it was sent.
struct PipelineStep {
  let key: PreparedStatements.Key
  /// On the server.
  let name: String
  let wasPrepared: Bool
}

extension PostgresConnection {
  /// Runs statements without parameters in one round trip, each in a transaction of its own: one that fails, or is
  /// cancelled at its limit, costs only itself.
  ///
  /// A cancellation can arrive late and hit a later statement. So the next answer is not looked at before the server
  /// has closed the cancellation's own connection, by when it has signalled; and whoever ends as cancelled though nobody
  /// meant it is repeated.
  ///
  /// - Parameter deadline: from then on each statement is cancelled at its turn. What is not over at the latest
  ///   `cancellationGraceMilliseconds` after it, or after a statement's own limit, is left to the server, which ends it
  ///   when it sees that the connection is closed.
  /// - Throws: where nothing was sent. Then nobody is told that a statement ended.
  package func pipeline(
    _ statements: [Statement], until deadline: ContinuousClock.Instant, reader: some PipelineReader
  ) async throws(PostgresError) {
    guard !statements.isEmpty else { return }
    var rest = try await run(
      statements, Array(statements.indices), until: deadline, reader, isRepeatable: true)
    for repetition in 1...Self.maximumRepetitions where !rest.isEmpty {
      do {
        rest = try await run(
          statements, rest, until: deadline, reader, isRepeatable: repetition < Self.maximumRepetitions)
      } catch {
        for index in rest { reader.ended(index, .failure(error)) }
        return
      }
    }
  }

  /// One is enough for who was hit; another may hit again while it is repeated.
  private static let maximumRepetitions = 3

  /// - Returns: those that must be repeated.
  private func run(
    _ statements: [Statement], _ indices: [Int], until deadline: ContinuousClock.Instant, _ reader: some PipelineReader,
    isRepeatable: Bool
  ) async throws(PostgresError) -> [Int] {
    let connection = try take(for: nil, until: deadline)
    defer { release() }
    guard let steps = send(indices.map { statements[$0] }, on: connection) else { throw refusedByLibpq(nil) }
    var cancellations = Cancellations(deadline: deadline, grace: Self.cancellationGrace)
    var again: [Int] = []
    for (position, index) in indices.enumerated() {
      var reply = Reply(statement: statements[index].name)
      var loss: PostgresError?
      do {
        try await finish(&reply, connection, until: reader.begins(index), &cancellations)
        note(steps[position], reply)
        if reply.failure?.kind == .unavailable { loss = reply.failure }
      } catch {
        loss = lost(reply, after: error, cancellations.cause)
      }
      if let loss {
        markUnusable()
        reader.ended(index, .failure(loss))
        for other in indices[(position + 1)...] + again { reader.ended(other, .failure(neverRun(statements[other]))) }
        return []
      }
      let end = cancellations.end(reply.failure?.sqlState)
      if isRepeatable, end == .victim || isOutOfDate(steps[position], reply) {
        again.append(index)
      } else if end == .meant {
        let error = interrupted(cancellations.cause, reply.statement, mayHaveTakenEffect: false)
        reader.ended(index, .failure(error))
      } else {
        reader.ended(index, answer(reply))
      }
    }
    return again
  }

  private func answer(_ reply: Reply) -> Result<QueryResult, PostgresError> {
    if let failure = reply.failure { return .failure(failure) }
    guard let last = reply.results.last else {
      return .failure(PostgresError(.server, "the statement returned nothing", statement: reply.statement))
    }
    return .success(QueryResult(storage: last))
  }

  private func lost(_ reply: Reply, after interruption: Interruption, _ cause: Interruption) -> PostgresError {
    guard case .lost(let message) = interruption else {
      logger.debug("A cancelled statement did not end in time; its connection is closed.")
      return interrupted(cause, reply.statement, mayHaveTakenEffect: true)
    }
    // The server's farewell says more than libpq's end of stream.
    if let farewell = reply.failure, farewell.kind == .unavailable { return farewell }
    return PostgresError(
      .unavailable, "the connection was lost: \(configuration.redact(message))", statement: reply.statement,
      mayHaveTakenEffect: true)
  }

  private func neverRun(_ statement: Statement) -> PostgresError {
    PostgresError(.unavailable, "the connection was lost before its turn", statement: statement.name)
  }
}
