import CLibpq
import Glibc

/// Owns a `PGconn` and asks it what can be asked without waiting.
final class ConnectionHandle {
  private(set) var connection: OpaquePointer?
  private(set) var cancellation: CancelHandle?

  /// Starts to connect. Nothing is printed to standard error by libpq from here on.
  func start(_ parameters: [String: String]) {
    let pairs = Array(parameters)
    connection = withCStrings(pairs.map(\.key)) { keywords in
      withCStrings(pairs.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
    }
    PQsetNoticeReceiver(connection, { _, _ in }, nil)
    // The SQLSTATE of a refused connection is told in the verbose text alone.
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
  }

  /// The session is there: no call on it may block, and it can be cancelled.
  func established() -> Bool {
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
    cancellation = CancelHandle(connection)
    return cancellation != nil && PQsetnonblocking(connection, 1) == 0
  }

  var database: String { PQdb(connection).map { String(cString: $0) } ?? "" }
  var socket: Int32 { PQsocket(connection) }
  var isBroken: Bool { PQstatus(connection) == CONNECTION_BAD }
  var message: String { PQerrorMessage(connection).map { String(cString: $0) } ?? "" }

  /// False when the peer has closed an idle connection. Takes what it sent before.
  func isAliveWhileIdle() -> Bool {
    for _ in 0..<Self.maximumIdleReads {
      guard let connection, !isBroken else { return false }
      var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 0) > 0 else { return true }
      guard PQconsumeInput(connection) == 1, PQisBusy(connection) == 0 else { return false }
    }
    return !isBroken
  }

  /// An idle session has little to read: notices, a farewell, the end of the stream.
  private static let maximumIdleReads = 4

  /// Makes whoever waits for the server see the end of the stream.
  func interrupt() { _ = shutdown(socket, Int32(SHUT_RDWR)) }

  func finish() {
    if let connection { PQfinish(connection) }
    connection = nil
    cancellation = nil
  }

  deinit { finish() }

  private func withCStrings<R>(_ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    let bytes = strings.map { $0.utf8CString }
    var pointers: [UnsafePointer<CChar>?] = []
    func next(_ index: Int) -> R {
      guard index < bytes.count else { return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress) } }
      return bytes[index].withUnsafeBufferPointer { buffer in
        pointers.append(buffer.baseAddress)
        return next(index + 1)
      }
    }
    return next(0)
  }
}

/// Owns a `PGcancel`.
///
/// `@unchecked`: the PGcancel is never changed, and PQcancel is documented as safe from any thread.
final class CancelHandle: @unchecked Sendable {
  /// PQcancel blocks while the server does not answer: so many may be stuck at once in the process.
  static let maximumCancelThreads = 4
  static let maximumWaitingCancellations = 64

  private static let threads = BoundedThreads(
    name: "postgres-cancel", maximumThreads: maximumCancelThreads, maximumWaitingJobs: maximumWaitingCancellations)

  private let pointer: OpaquePointer

  init?(_ connection: OpaquePointer?) {
    guard let pointer = PQgetCancel(connection) else { return nil }
    self.pointer = pointer
  }

  deinit { PQfreeCancel(pointer) }

  /// Asks the server to cancel what the connection runs. The call's answer: the server has been told, so that the
  /// cancellation cannot hit a later statement. Nil when too many cancellations are stuck.
  func request() -> BlockingCall<Bool>? {
    BlockingCall(on: Self.threads) { [self] in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { PQcancel(pointer, $0.baseAddress, 256) == 1 }
    }
  }
}
