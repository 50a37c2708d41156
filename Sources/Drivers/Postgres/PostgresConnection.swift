import CLibpq
import Logging
import Synchronization

/// One session on one server. It runs one statement at a time; a second one meanwhile is refused as `.misuse`.
///
/// At a statement's deadline, or when its task is cancelled, the statement is cancelled on the server and its end is
/// awaited for at most `cancellationGrace`. If the end came the connection can be used again, else it is closed, and
/// the server ends the statement when it notices (`client_connection_check_interval`).
package actor PostgresConnection {
  /// How long after the deadline a caller may have to wait, in milliseconds.
  package static let cancellationGraceMilliseconds = 250
  static let cancellationGrace = Duration.milliseconds(cancellationGraceMilliseconds)

  package nonisolated let configuration: PostgresConfiguration
  let reactor: Reactor
  let handle = ConnectionHandle()
  let logger: Logger
  var prepared = PreparedStatements()
  /// BEGIN is owed to the server and goes out with the next statement.
  var owesBegin = false
  private var isBusy = false
  private var isClosing = false
  private nonisolated let usable = Atomic(false)
  private nonisolated let leftInTransaction = Atomic(false)
  private nonisolated let version = Atomic(0)
  private nonisolated let name = Mutex("")

  init(_ configuration: PostgresConfiguration, _ reactor: Reactor, _ logger: Logger) {
    self.configuration = configuration
    self.reactor = reactor
    self.logger = logger
  }

  /// Opens a session.
  ///
  /// - Parameter deadline: it also ends after the configuration's `connectTimeout`.
  /// - Throws: `.unavailable`, with the server's SQLSTATE if it refused us; `.timedOut`; `.cancelled`.
  package static func connect(
    _ configuration: PostgresConfiguration, deadline: ContinuousClock.Instant, logger: Logger
  ) async throws(PostgresError) -> PostgresConnection {
    let connection = PostgresConnection(configuration, try Reactor.shared(), logger)
    do {
      try await connection.open(until: min(deadline, .now + configuration.connectTimeout))
    } catch {
      await connection.close()
      throw error
    }
    return connection
  }

  /// As `PQserverVersion`: 150018 is 15.18.
  package nonisolated var serverVersion: Int { version.load(ordering: .relaxed) }

  /// The database that the session is in; empty before it is open.
  package nonisolated var database: String { name.withLock { $0 } }

  /// False once the session is lost or closed.
  package nonisolated var isUsable: Bool { usable.load(ordering: .acquiring) }

  /// Can be given to somebody else: there, and in no transaction.
  nonisolated var isReusable: Bool { isUsable && !leftInTransaction.load(ordering: .acquiring) }

  /// Ends the session. A statement that still runs fails as `.unavailable`.
  package func close() {
    markUnusable()
    guard !isBusy else {
      isClosing = true
      handle.interrupt()
      return
    }
    handle.finish()
  }

  /// Whether an idle session is still there: false after the server went away. Asks the socket, not the server.
  package func isAliveWhileIdle() -> Bool {
    guard isUsable, !isBusy else { return false }
    guard handle.isAliveWhileIdle() else {
      markUnusable()
      return false
    }
    return true
  }

  func markUsable(serverVersion: Int) {
    version.store(serverVersion, ordering: .relaxed)
    name.withLock { $0 = handle.database }
    usable.store(true, ordering: .releasing)
  }

  func markUnusable() { usable.store(false, ordering: .releasing) }

  /// Sends and collects all answers, alone on the connection. The server's refusal is in the reply, all else is thrown.
  func exchange(
    _ statement: String?, until deadline: ContinuousClock.Instant, heedingCancellation: Bool = true,
    send: (OpaquePointer) -> Bool
  ) async throws(PostgresError) -> Reply {
    let connection = try take(for: statement, until: deadline, heedingCancellation: heedingCancellation)
    defer { release() }
    guard send(connection) else { throw refusedByLibpq(statement) }
    var reply = Reply(statement: statement)
    do {
      try await collect(&reply, connection, until: deadline, heedingCancellation: heedingCancellation)
    } catch {
      try await settle(&reply, connection, after: error)
    }
    if reply.failure?.kind == .unavailable { markUnusable() }
    return reply
  }

  /// Nobody else may send until `release`.
  func take(
    for statement: String?, until deadline: ContinuousClock.Instant, heedingCancellation: Bool = true
  ) throws(PostgresError) -> OpaquePointer {
    guard !isBusy else {
      throw PostgresError(
        .misuse, "a connection runs one statement at a time; await the first, or use the pool", statement: statement)
    }
    guard let connection = handle.connection, isUsable else {
      throw PostgresError(.unavailable, "the connection is closed", statement: statement)
    }
    if heedingCancellation, Task.isCancelled {
      throw PostgresError(.cancelled, "the task was cancelled before the statement was sent", statement: statement)
    }
    guard deadline > .now else {
      throw PostgresError(.timedOut, "the deadline passed before the statement was sent", statement: statement)
    }
    isBusy = true
    return connection
  }

  /// What was sent has been answered, or the connection is not usable any more.
  func release() {
    isBusy = false
    if PQpipelineStatus(handle.connection) != PQ_PIPELINE_OFF { PQexitPipelineMode(handle.connection) }
    leftInTransaction.store(isInTransaction, ordering: .releasing)
    if isClosing || !isUsable { handle.finish() }
  }

  /// libpq did not take the statement: the connection is gone, or there are more parameters than the protocol allows.
  func refusedByLibpq(_ statement: String?) -> PostgresError {
    let message = configuration.redact(ServerMessages.firstLine(handle.message))
    let kind: PostgresError.Kind = handle.isBroken ? .unavailable : .misuse
    markUnusable()
    return PostgresError(kind, "cannot send: \(message)", statement: statement)
  }
}
