import Foundation
import Harness
import Synchronization
import Topology

/// People who look at products: GET requests to agente-deposito as admin, on so many connections at once, at a pace
/// that can be changed while they go on. Threads of their own: every request blocks one.
final class Traffic: Sendable {
  static let clients = 8
  static let path = "/api/v1/productos"

  private struct State {
    var perSecond: Int
    var isOver = false
    /// When the next request is due.
    var next = ContinuousClock.now
    var running = 0
  }

  private let state: Mutex<State>
  private let port: Int
  private let authorization: String

  /// Logs in and begins.
  init(on stack: PrivateStack, perSecond: Int) async throws {
    port = stack.stack.number(of: .deposito)
    let password = try stack.secret(Variables.adminPassword.name)
    let answer = try await LoopbackHTTP.send(
      "POST", port: port, "/api/v1/auth/login", json: #"{"username":"admin","password":"\#(password)"}"#)
    guard answer.status == 200, let token = try JSONScalar(answer.body)["access_token"]?.string else {
      throw DrillError("agente-deposito answers the login with \(answer.status)")
    }
    authorization = "Authorization: Bearer \(token)"
    state = Mutex(State(perSecond: perSecond, running: Self.clients))
    for _ in 0..<Self.clients { Thread { self.ask() }.start() }
  }

  func set(perSecond: Int) { state.withLock { $0.perSecond = perSecond } }

  /// Returns when the last answer is there.
  func stop() async throws {
    state.withLock { $0.isOver = true }
    try await wait(within: .seconds(LoopbackConnection.timeoutSeconds + 2), for: "the last answer") {
      state.withLock { $0.running == 0 }
    }
  }

  private func ask() {
    while let moment = reserve() {
      let pause = ContinuousClock.now.duration(to: moment)
      let microseconds = pause.components.seconds * 1_000_000 + pause.components.attoseconds / 1_000_000_000_000
      // The thread is this client's own: while it sleeps nobody else waits.
      if microseconds > 0 { _ = poll(nil, 0, Int32(clamping: microseconds / 1_000)) }
      // An answer that does not come is what the fault may be about; the service counts what it answers.
      _ = try? LoopbackHTTP.exchange(port: port, Self.path, headers: [authorization])
    }
    state.withLock { $0.running -= 1 }
  }

  /// When this client's next request is due; nil: no more.
  private func reserve() -> ContinuousClock.Instant? {
    state.withLock { state in
      guard !state.isOver else { return nil }
      // Whoever is late does not hurry afterwards.
      let moment = max(state.next, .now)
      state.next = moment + .seconds(1) / state.perSecond
      return moment
    }
  }
}
