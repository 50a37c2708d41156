import Foundation
import Synchronization
import TestSupport

/// A receiver on 127.0.0.1 that takes records as Loki does, on command not at all, and remembers what it should not
/// have been sent.
final class StrictReceiver: Sendable {
  enum Mode: Sendable, Equatable {
    case accept
    /// Every request is answered with this status, and taken by nobody.
    case answer(Int, fields: [String: String] = [:])
    case reset
    /// Reads and never answers.
    case hang
    /// Waits before each answer.
    case slow(milliseconds: Int)
    /// Closes a connection when a second request comes on it, as a server does whose time for idle ones is over.
    case onceAConnection
  }

  struct Request: Sendable {
    let path: String
    let fields: [String: String]
    let time: ContinuousClock.Instant
  }

  struct State {
    var mode = Mode.accept
    var judge = Judge()
    var requests: [Request] = []
    var connectionCount = 0
    /// The `Authorization` that is accepted; nil: any.
    var authorization: String?
    var isListening = false
  }

  let port: Int
  let state = Mutex(State())
  private let server: SocketServer

  init() throws {
    port = try FreePorts.next()
    server = SocketServer(port: port)
    try start()
  }

  deinit { server.stop() }

  var url: String { "http://127.0.0.1:\(port)" }
  var entries: [ReceivedEntry] { state.withLock { $0.judge.entries } }
  var connectionCount: Int { state.withLock { $0.connectionCount } }
  var duplicateCount: Int { state.withLock { $0.judge.duplicateCount } }
  var violations: [String] { state.withLock { $0.judge.violations } }
  var requests: [Request] { state.withLock { $0.requests } }

  func set(_ mode: Mode) { state.withLock { $0.mode = mode } }
  func configure(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

  /// Closes the port and all connections.
  func stop() { server.stop() }

  func start() throws {
    try server.start { [weak self] connection in
      self?.state.withLock { $0.connectionCount += 1 }
      var isFirst = true
      while let (head, body) = connection.readRequest() {
        guard self?.answer(head, body, on: connection, isFirst: isFirst) == true else { return }
        isFirst = false
      }
    }
  }

  /// Polls until the receiver has so many records.
  func wait(forEntries count: Int, within timeout: Duration = .seconds(20)) async throws {
    try await wait("\(count) records, has \(entries.count)", within: timeout) { $0.judge.entries.count >= count }
  }

  func wait(
    _ what: @autoclosure () -> String, within timeout: Duration = .seconds(20), until condition: (State) -> Bool
  ) async throws {
    let end = ContinuousClock.now + timeout
    while !(state.withLock { condition($0) }) {
      guard .now < end else { throw TestSupportError("the receiver waits in vain for \(what())") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// - Returns: whether the connection goes on.
  private func answer(_ head: Request, _ body: [UInt8], on connection: SocketConnection, isFirst: Bool) -> Bool {
    let (mode, authorization) = state.withLock { ($0.mode, $0.authorization) }
    var (status, fields, text) = (0, [String: String](), "")
    var isJudged = true
    switch mode {
    case .reset:
      connection.reset()
      return false
    case .hang:
      state.withLock { $0.requests.append(head) }
      connection.waitUntilClosed()
      return false
    case .onceAConnection where !isFirst: return false
    case .answer(let code, let more): (status, fields, isJudged) = (code, more, false)
    case .slow(let milliseconds):
      connection.wait(milliseconds: Int32(milliseconds))
      (status, text) = judge(head, body)
    case .accept where authorization != nil && head.fields["authorization"] != authorization:
      (status, isJudged) = (401, false)
    case .accept, .onceAConnection: (status, text) = judge(head, body)
    }
    if !isJudged { state.withLock { $0.requests.append(head) } }
    return connection.write(status: status, fields: fields, text: text)
  }

  private func judge(_ head: Request, _ body: [UInt8]) -> (status: Int, text: String) {
    state.withLock { state in
      let answer = state.judge.judge(head, body)
      state.requests.append(head)
      return answer
    }
  }
}
