import Alerts
import Foundation
import Harness
import Synchronization
import Topology

/// A client that asks Redis for a key that is not there, and does not come back once it is thrown out; afterwards one
/// that asks for a key that is.
actor CacheMisses: Fault {
  private static let key = "minimarket-drill"
  private static let keySeconds = 600
  /// Few, since what is not found has to be outnumbered afterwards.
  private static let missesPerSecond = 100
  private static let hitsPerSecond = 1_000

  private let stack: PrivateStack
  private var client: RedisClient?

  init(_ stack: PrivateStack) { self.stack = stack }

  func begin() throws { client = try ask("GET \(Self.key):none", perSecond: Self.missesPerSecond) }

  func isMended() -> Bool { client?.isConnected != true }

  func undo() { client?.leave() }

  func afterwards() async throws {
    undo()
    let output = try await stack.run(.redis("SET \(Self.key) 1 EX \(Self.keySeconds)"))
    guard output.text.contains("OK") else { throw DrillError("Redis does not take a key: \(output.text)") }
    client = try ask("GET \(Self.key)", perSecond: Self.hitsPerSecond)
  }

  func finish() { undo() }

  private func ask(_ command: String, perSecond: Int) throws -> RedisClient {
    try RedisClient(
      port: stack.stack.number(of: .redis), password: try stack.secret("redis.default.password"), command: command,
      perSecond: perSecond)
  }
}

/// One connection to Redis that repeats a command on a thread of its own, in the protocol's inline form
/// (https://redis.io/docs/latest/develop/reference/protocol-spec/#inline-commands).
private final class RedisClient: Sendable {
  private struct State {
    var isWanted = true
    var isConnected = true
  }

  private let state = Mutex(State())

  var isConnected: Bool { state.withLock(\.isConnected) }

  init(port: Int, password: String, command: String, perSecond: Int) throws {
    Thread {
      try? self.ask("AUTH \(password)", "\(command)", port: port, pauseMilliseconds: Int32(1_000 / perSecond))
      self.state.withLock { $0.isConnected = false }
    }.start()
  }

  func leave() { state.withLock { $0.isWanted = false } }

  private func ask(_ greeting: String, _ command: String, port: Int, pauseMilliseconds: Int32) throws {
    let connection = try LoopbackConnection(port: port)
    try connection.send("\(greeting)\r\n")
    while try connection.read() != nil, state.withLock(\.isWanted) {
      _ = poll(nil, 0, pauseMilliseconds)
      try connection.send("\(command)\r\n")
    }
  }
}
