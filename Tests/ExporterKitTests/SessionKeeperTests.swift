import Synchronization
import Testing

@testable import ExporterKit

@Suite("SessionKeeper", .timeLimit(.minutes(1)))
struct SessionKeeperTests {
  private struct Refused: Error {}

  private final class Server: Sendable {
    struct State {
      var opened = 0
      var closed: [Int] = []
      var lost: Set<Int> = []
      var refuses = false
    }

    let state = Mutex(State())

    func keeper() -> SessionKeeper<Int> {
      SessionKeeper(
        open: { _ in
          try self.state.withLock { state in
            if state.refuses { throw Refused() }
            state.opened += 1
            return state.opened
          }
        },
        isUsable: { session in self.state.withLock { !$0.lost.contains(session) } },
        close: { session in self.state.withLock { $0.closed.append(session) } })
    }
  }

  private let server = Server()
  private var soon: ContinuousClock.Instant { .now + .seconds(5) }

  @Test("one session is kept, and said to be new once")
  func kept() async throws {
    let keeper = server.keeper()
    #expect(try await keeper.session(until: soon) == (1, true))
    #expect(try await keeper.session(until: soon) == (1, false))
    #expect(server.state.withLock { $0.closed } == [])
  }

  @Test("one that was lost is ended and replaced")
  func lost() async throws {
    let keeper = server.keeper()
    _ = try await keeper.session(until: soon)
    server.state.withLock { _ = $0.lost.insert(1) }
    #expect(try await keeper.session(until: soon) == (2, true))
    #expect(server.state.withLock { $0.closed } == [1])
  }

  @Test("one that is given up is ended once, and the next is new")
  func forgotten() async throws {
    let keeper = server.keeper()
    _ = try await keeper.session(until: soon)
    await keeper.forget()
    await keeper.forget()
    #expect(server.state.withLock { $0.closed } == [1])
    #expect(try await keeper.session(until: soon) == (2, true))
  }

  @Test("a refusal is thrown, the next attempt waits a little and no longer than its deadline")
  func refused() async throws {
    let keeper = server.keeper()
    server.state.withLock { $0.refuses = true }
    await #expect(throws: Refused.self) { try await keeper.session(until: soon) }
    let start = ContinuousClock.now
    await #expect(throws: Refused.self) { try await keeper.session(until: soon) }
    #expect(ContinuousClock.now - start >= .milliseconds(ReconnectDelay.minimumMilliseconds - 20))
    // The delay grows; a deadline that has come ends the wait.
    for _ in 0..<5 { await #expect(throws: Refused.self) { try await keeper.session(until: .now) } }
    let hurried = ContinuousClock.now
    await #expect(throws: Refused.self) { try await keeper.session(until: .now) }
    #expect(ContinuousClock.now - hurried < .milliseconds(ReconnectDelay.maximumMilliseconds - 100))
    server.state.withLock { $0.refuses = false }
    #expect(try await keeper.session(until: soon) == (1, true))
  }
}
