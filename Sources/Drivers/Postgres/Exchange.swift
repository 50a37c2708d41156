import CLibpq
import Logging

/// The answers to one exchange, step by step.
struct Reply {
  let statement: String?
  /// Of the steps that succeeded, in order; the first that fails ends the exchange.
  private(set) var results: [ResultStorage] = []
  private(set) var failure: PostgresError?
  /// A COPY was begun, which this driver does not speak.
  private(set) var isStuckInCopy = false

  init(statement: String?) { self.statement = statement }

  func checked() throws(PostgresError) -> [ResultStorage] {
    if let failure { throw failure }
    return results
  }

  /// True when the exchange is over.
  mutating func take(_ result: OpaquePointer) -> Bool {
    switch PQresultStatus(result) {
    case PGRES_PIPELINE_SYNC:
      PQclear(result)
      return true
    case PGRES_PIPELINE_ABORTED:
      PQclear(result)
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
      results.append(ResultStorage(result, statement: statement))
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
      isStuckInCopy = true
      PQclear(result)
      return true
    default:
      if failure == nil { failure = ServerMessages.error(of: result, statement: statement) }
      PQclear(result)
    }
    return false
  }
}

extension PostgresConnection {
  /// Takes results until the exchange is over.
  func collect(
    _ reply: inout Reply, _ connection: OpaquePointer, until deadline: ContinuousClock.Instant,
    heedingCancellation: Bool
  ) async throws(Interruption) {
    let isPipeline = PQpipelineStatus(connection) != PQ_PIPELINE_OFF
    while true {
      try await untilResult(connection, deadline, heedingCancellation)
      guard let result = PQgetResult(connection) else {
        guard !handle.isBroken else { throw .lost(ServerMessages.firstLine(handle.message)) }
        // In a pipeline this only separates two steps, outside it is the end.
        if isPipeline { continue }
        return
      }
      guard reply.take(result) else { continue }
      if reply.isStuckInCopy { throw .lost("COPY is not supported here; use psql, or INSERT from arrays") }
      return
    }
  }

  /// Sends what is not sent and reads until PQgetResult does not block.
  private func untilResult(
    _ connection: OpaquePointer, _ deadline: ContinuousClock.Instant, _ heedingCancellation: Bool
  ) async throws(Interruption) {
    while true {
      let unsent = PQflush(connection)
      if PQisBusy(connection) == 0 { return }
      let interest: Reactor.Interest = unsent == 1 ? [.read, .write] : .read
      switch await reactor.wait(
        for: interest, on: handle.socket, until: deadline, heedingCancellation: heedingCancellation)
      {
      case .ready: break
      case .timedOut: throw .timedOut
      case .cancelled: throw .cancelled
      }
      guard PQconsumeInput(connection) == 1 else { throw .lost(ServerMessages.firstLine(handle.message)) }
    }
  }

  /// Ends an interrupted exchange: cancels it on the server, waits for the end, and closes the connection if it does
  /// not come. Returns if the statement was faster than its cancellation: then its answer stands.
  func settle(_ reply: inout Reply, _ connection: OpaquePointer, after cause: Interruption) async throws(PostgresError)
  {
    if case .lost(let message) = cause {
      markUnusable()
      // The server's farewell says more than libpq's end of stream.
      if let farewell = reply.failure, farewell.kind == .unavailable { throw farewell }
      throw PostgresError(
        .unavailable, "the connection was lost: \(configuration.redact(message))", statement: reply.statement,
        mayHaveTakenEffect: true)
    }
    let end = ContinuousClock.now + Self.cancellationGrace
    do {
      guard let request = handle.cancellation?.request() else { throw Interruption.timedOut }
      try await collect(&reply, connection, until: end, heedingCancellation: false)
      guard try await request.value(reactor, until: end, heedingCancellation: false) else {
        throw Interruption.timedOut
      }
    } catch {
      markUnusable()
      logger.debug("A cancelled statement did not end in time; its connection is closed.")
      throw interrupted(cause, reply.statement, mayHaveTakenEffect: true)
    }
    if reply.failure?.sqlState == .queryCanceled {
      throw interrupted(cause, reply.statement, mayHaveTakenEffect: false)
    }
  }

  func interrupted(_ cause: Interruption, _ statement: String?, mayHaveTakenEffect: Bool) -> PostgresError {
    let end = mayHaveTakenEffect ? "its connection was closed" : "it was cancelled on the server"
    if case .cancelled = cause {
      return PostgresError(
        .cancelled, "the task was cancelled; \(end)", statement: statement, mayHaveTakenEffect: mayHaveTakenEffect)
    }
    return PostgresError(
      .timedOut, "not finished at its deadline; \(end)", statement: statement, mayHaveTakenEffect: mayHaveTakenEffect)
  }
}
