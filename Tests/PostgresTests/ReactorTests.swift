import Glibc
import Synchronization
import Testing

@testable import Postgres

@Suite("The waiting thread")
struct ReactorTests {
  let reactor: Reactor
  let ends: [Int32]

  init() throws {
    reactor = try Reactor.shared()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    self.ends = ends
  }

  private func wait(until deadline: ContinuousClock.Instant, heeding: Bool = true) async -> Reactor.Outcome {
    await reactor.wait(for: .read, on: ends[0], until: deadline, heedingCancellation: heeding)
  }

  @Test("Ready, late, cancelled, and again ready on the same descriptor")
  func outcomes() async throws {
    let start = ContinuousClock.now
    #expect(await wait(until: start + .milliseconds(30)) == .timedOut)
    #expect(ContinuousClock.now - start >= .milliseconds(30))
    #expect(ContinuousClock.now - start < .milliseconds(130))
    let task = Task { await wait(until: .now + .seconds(20)) }
    task.cancel()
    #expect(await task.value == .cancelled)
    let deaf = Task { await wait(until: .now + .milliseconds(50), heeding: false) }
    deaf.cancel()
    #expect(await deaf.value == .timedOut)
    #expect(write(ends[1], "x", 1) == 1)
    #expect(await wait(until: .now + .seconds(20)) == .ready)
    for end in ends { close(end) }
    #expect(await wait(until: .now + .seconds(20)) == .ready)
  }

  @Test("Deadlines are found by a scan that runs when the first may have passed")
  func registrations() {
    var all = Registrations()
    let start = ContinuousClock.now
    func registration(_ seconds: Int) -> Registration {
      Registration(deadline: start + .seconds(seconds)) { _ in }
    }
    #expect(all.millisecondsUntilNextScan(from: start) == -1)
    let isFirst = [(1, 5), (2, 9), (3, 2)].map { all.add($0.0, registration($0.1)) }
    #expect(isFirst == [true, false, true])
    #expect(all.millisecondsUntilNextScan(from: start) == 2_000)
    #expect(all.expired(at: start + .seconds(1)) == [])
    #expect(all.remove(3) != nil && all.remove(3) == nil)
    #expect(all.expired(at: start + .seconds(2)) == [])
    #expect(all.millisecondsUntilNextScan(from: start + .seconds(2)) == 3_000)
    #expect(all.expired(at: start + .seconds(6)) == [1])
    #expect(all.millisecondsUntilNextScan(from: start + .seconds(10)) == 0)
  }

  @Test("An end that comes before the descriptor is armed is told when it is, and once")
  func endBeforeArming() {
    let outcomes = Mutex<[Reactor.Outcome]>([])
    let early = Registration(deadline: .now) { outcome in outcomes.withLock { $0.append(outcome) } }
    early.finish(.timedOut)
    #expect(outcomes.withLock { $0 } == [])
    early.arm()
    #expect(outcomes.withLock { $0 } == [.timedOut])
    let late = Registration(deadline: .now) { outcome in outcomes.withLock { $0.append(outcome) } }
    late.arm()
    #expect(outcomes.withLock { $0 } == [.timedOut])
    late.finish(.ready)
    #expect(outcomes.withLock { $0 } == [.timedOut, .ready])
  }

  @Test("Helper threads are bounded, and so are the jobs that wait for one")
  func threads() async throws {
    let threads = BoundedThreads(name: "test", maximumThreads: 2, maximumWaitingJobs: 1)
    let calls = (0..<4).map { _ in BlockingCall(on: threads) { usleep(50_000) } }
    #expect(calls.map { $0 != nil } == [true, true, true, false])
    for call in calls { _ = try await call?.value(reactor, until: .now + .seconds(5), heedingCancellation: false) }
    await #expect(throws: Interruption.self) {
      let slow = BlockingCall(on: threads) { usleep(200_000) }
      _ = try await slow?.value(reactor, until: .now + .milliseconds(10), heedingCancellation: false)
    }
  }
}
