import Testing

@testable import Postgres

@Suite("The pool's decisions, as a dialogue")
struct PoolStateMachineTests {
  var pool = PoolStateMachine(
    .init(maximumConnections: 2, maximumWaiters: 2, warmConnections: 1, idleTimeout: .seconds(60)))
  let start = ContinuousClock.now

  private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  @Test("A connection is made on demand, granted, given back and granted again")
  mutating func lease() {
    #expect(pool.acquire(1, at: at(0)) == [.connect(1)])
    #expect(pool.counts == PoolCounts(waiting: 1))
    #expect(pool.connected(1, at: at(0)) == [.grant(1, 1)])
    #expect(pool.counts == PoolCounts(inUse: 1))
    #expect(pool.release(1, isUsable: true, at: at(1)) == [])
    #expect(pool.counts == PoolCounts(idle: 1))
    #expect(pool.acquire(2, at: at(2)) == [.grant(2, 1)])
    #expect(pool.release(1, isUsable: false, at: at(3)) == [.close(1)])
    #expect(pool.counts == PoolCounts())
    #expect(pool.release(1, isUsable: true, at: at(3)) == [])
  }

  @Test("Waiters are served in their order, and are bounded")
  mutating func waiters() {
    #expect(pool.acquire(1, at: at(0)) == [.connect(1)])
    #expect(pool.acquire(2, at: at(0)) == [.connect(2)])
    #expect(pool.acquire(3, at: at(0)) == [.fail(3, .tooManyWaiters)])
    #expect(pool.connected(2, at: at(0)) == [.grant(1, 2)])
    #expect(pool.acquire(4, at: at(0)) == [])
    #expect(pool.release(2, isUsable: true, at: at(0)) == [.grant(2, 2)])
    #expect(pool.leave(4, because: .timedOut) == [.fail(4, .timedOut)])
    #expect(pool.leave(4, because: .cancelled) == [])
    #expect(pool.leave(2, because: .cancelled) == [])
    #expect(pool.connected(1, at: at(0)) == [])
    #expect(pool.counts == PoolCounts(idle: 1, inUse: 1))
  }

  @Test("A broken connection is replaced for those who wait")
  mutating func replacement() {
    #expect(pool.acquire(1, at: at(0)) + pool.acquire(2, at: at(0)) == [.connect(1), .connect(2)])
    #expect(pool.connected(1, at: at(0)) + pool.connected(2, at: at(0)) == [.grant(1, 1), .grant(2, 2)])
    #expect(pool.acquire(3, at: at(0)) == [])
    #expect(pool.release(1, isUsable: false, at: at(0)) == [.close(1), .connect(3)])
    #expect(pool.connected(3, at: at(0)) == [.grant(3, 3)])
  }

  @Test("While the server is away all are told at once; from time to time a caller tries")
  mutating func away() {
    #expect(pool.acquire(1, at: at(0)) + pool.acquire(2, at: at(0)) == [.connect(1), .connect(2)])
    #expect(pool.connectFailed(1, at: at(0), jitter: 0) == [.retryConnecting(after: .milliseconds(100))])
    #expect(pool.connectFailed(2, at: at(0), jitter: 0) == [.fail(1, .serverAway), .fail(2, .serverAway)])
    #expect(pool.acquire(3, at: at(0.05)) == [.fail(3, .serverAway)])
    #expect(pool.retryConnecting() == [.connect(3)])
    #expect(pool.acquire(4, at: at(0.6)) == [.fail(4, .serverAway)])
    #expect(pool.connectFailed(3, at: at(0.1), jitter: 1) == [.retryConnecting(after: .milliseconds(100))])
    #expect(pool.acquire(5, at: at(0.6)) == [.connect(4)])
    #expect(pool.acquire(6, at: at(0.6)) == [.fail(6, .serverAway)])
    #expect(pool.connected(4, at: at(0.7)) == [.grant(5, 4)])
    // Back: the retry that is still scheduled stops nobody.
    #expect(pool.acquire(7, at: at(0.7)) == [.connect(5)])
    #expect(pool.retryConnecting() == [])
  }

  @Test("A server that refuses more connections lets those that live serve all")
  mutating func tooMany() {
    #expect(pool.acquire(1, at: at(0)) == [.connect(1)])
    #expect(pool.connected(1, at: at(0)) == [.grant(1, 1)])
    #expect(pool.acquire(2, at: at(0)) == [.connect(2)])
    #expect(pool.connectFailed(2, at: at(0), jitter: 0) == [.retryConnecting(after: .milliseconds(100))])
    #expect(pool.acquire(3, at: at(0)) == [])
    #expect(pool.release(1, isUsable: true, at: at(0)) == [.grant(2, 1)])
    #expect(pool.retryConnecting() == [.connect(3)])
    #expect(pool.connectFailed(3, at: at(1), jitter: 0) == [.retryConnecting(after: .milliseconds(200))])
    #expect(pool.release(1, isUsable: false, at: at(1)) == [.close(1)])
    #expect(pool.retryConnecting() == [.connect(4)])
    #expect(
      pool.connectFailed(4, at: at(2), jitter: 0) == [
        .fail(3, .serverAway), .retryConnecting(after: .milliseconds(400)),
      ])
  }

  @Test("Upkeep keeps one warm, checks the one unused for longest, and closes the old")
  mutating func upkeep() {
    #expect(pool.maintain(at: at(0)) == [.connect(1)])
    #expect(pool.maintain(at: at(0)) == [])
    #expect(pool.connected(1, at: at(0)) == [])
    #expect(pool.acquire(1, at: at(1)) + pool.acquire(2, at: at(1)) == [.grant(1, 1), .connect(2)])
    #expect(pool.connected(2, at: at(1)) == [.grant(2, 2)])
    #expect(pool.release(1, isUsable: true, at: at(2)) + pool.release(2, isUsable: true, at: at(3)) == [])
    #expect(pool.maintain(at: at(10)) == [.check(1)])
    #expect(pool.counts == PoolCounts(idle: 1, inUse: 1))
    #expect(pool.release(1, isUsable: false, at: at(10)) == [.close(1)])
    #expect(pool.acquire(3, at: at(11)) == [.grant(3, 2)])
    #expect(pool.acquire(4, at: at(11)) == [.connect(3)])
    #expect(pool.release(2, isUsable: true, at: at(12)) == [.grant(4, 2)])
    #expect(pool.connected(3, at: at(12)) == [])
    #expect(pool.release(2, isUsable: true, at: at(13)) == [])
    #expect(pool.maintain(at: at(72)) == [.close(3), .check(2)])
  }

  @Test("Being checked every second makes no connection young")
  mutating func age() {
    #expect(pool.acquire(1, at: at(0)) + pool.acquire(2, at: at(0)) == [.connect(1), .connect(2)])
    #expect(pool.connected(1, at: at(0)) + pool.connected(2, at: at(0)) == [.grant(1, 1), .grant(2, 2)])
    #expect(pool.release(1, isUsable: true, at: at(0)) + pool.release(2, isUsable: true, at: at(0)) == [])
    var closed: [PoolStateMachine.Action] = []
    for second in 1...70 {
      for action in pool.maintain(at: at(Double(second))) {
        if case .check(let connection) = action {
          #expect(pool.release(connection, isUsable: true, at: at(Double(second))) == [])
        } else {
          closed.append(action)
        }
      }
    }
    #expect(closed == [.close(1)])
    #expect(pool.counts == PoolCounts(idle: 1))
  }

  @Test("A shutdown refuses callers, closes idle ones and waits for those in use")
  mutating func shutdown() {
    #expect(pool.acquire(1, at: at(0)) + pool.acquire(2, at: at(0)) == [.connect(1), .connect(2)])
    #expect(pool.connected(1, at: at(0)) == [.grant(1, 1)])
    #expect(pool.shutDown() == [.fail(2, .shutDown)])
    #expect(pool.acquire(3, at: at(0)) == [.fail(3, .shutDown)])
    #expect(pool.connected(2, at: at(0)) == [.close(2)])
    #expect(pool.release(1, isUsable: true, at: at(0)) == [.close(1), .drained])
    #expect(pool.shutDown() + pool.abandon() + pool.maintain(at: at(1)) == [])
  }

  @Test("A shutdown that has waited for long enough closes what is in use")
  mutating func abandon() {
    #expect(pool.acquire(1, at: at(0)) + pool.acquire(2, at: at(0)) == [.connect(1), .connect(2)])
    #expect(pool.connected(1, at: at(0)) == [.grant(1, 1)])
    #expect(pool.shutDown() == [.fail(2, .shutDown)])
    #expect(pool.abandon() == [.close(1), .drained])
    #expect(pool.connected(2, at: at(0)) == [.close(2)])
    #expect(pool.release(1, isUsable: true, at: at(0)) == [])
  }

  @Test("Back-off doubles from 100 ms to 5 s, and jitter takes off up to a half")
  func backoff() {
    let delays = [1, 2, 3, 6, 7, 100].map { Backoff.delay(afterFailures: $0, jitter: 0) }
    #expect(delays == [100, 200, 400, 3_200, 5_000, 5_000].map { .milliseconds($0) })
    #expect(Backoff.delay(afterFailures: 1, jitter: 1) == .milliseconds(50))
  }
}
