import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

extension OnRealServers {
  @Suite("The server goes away and comes back")
  struct OutageTests {
    let server: PostgresServer
    let pool: PostgresPool

    init() async throws {
      server = try await PostgresServer.start()
      var configuration = try Fixture.configuration(server)
      configuration.connectTimeout = .seconds(1)
      pool = PostgresPool(
        configuration: configuration, limits: .init(maximumConnections: 4), logger: Fixture.logger)
    }

    private func answers() async -> Bool { (try? await pool.query(.one).count) == 1 }

    @Test("Paused: deadlines hold, others are told fast; resumed: it recovers and nothing is left running")
    func pause() async throws {
      #expect(await answers())
      server.pause()
      let start = ContinuousClock.now
      let hung = try await failure { _ = try await pool.query(.one, [], deadline: .in(0.3)) }
      #expect(hung?.kind == .timedOut && hung?.mayHaveTakenEffect == true)
      #expect(ContinuousClock.now - start < .milliseconds(550) + slack)
      let next = try await failure { _ = try await pool.query(.one) }
      #expect(next?.kind == .unavailable)
      let again = ContinuousClock.now
      #expect(try await failure { _ = try await pool.query(.one) }?.kind == .unavailable)
      #expect(ContinuousClock.now - again < .milliseconds(10) + slack)
      server.resume()
      #expect(try await eventually(within: .seconds(2)) { await answers() })
      let running = "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND backend_type = 'client backend'"
      #expect(try await eventually(within: .seconds(3)) { try await server.psql(running) == "1" })
      try await server.stop()
    }

    private final class Tally: Sendable {
      struct Counts {
        var succeeded = 0
        var failed = 0
        var slowest = Duration.zero
        var kinds: Set<PostgresError.Kind> = []
      }
      let counts = Mutex(Counts())
    }

    private static func ask(_ pool: PostgresPool, _ tally: Tally) async {
      while !Task.isCancelled {
        let start = ContinuousClock.now
        let error = try? await failure { _ = try await pool.query(.one) }
        let duration = ContinuousClock.now - start
        tally.counts.withLock { counts in
          counts.slowest = max(counts.slowest, duration)
          if let kind = error?.kind { counts.kinds.insert(kind) }
          if error == nil { counts.succeeded += 1 } else { counts.failed += 1 }
        }
        try? await Task.sleep(for: .milliseconds(5))
      }
    }

    @Test("Killed under load and restarted: callers are told fast, and it recovers within a second or so")
    func kill() async throws {
      let tally = Tally()
      let load = Task { [pool] in
        await withTaskGroup { group in
          for _ in 0..<8 { group.addTask { await Self.ask(pool, tally) } }
        }
      }
      #expect(try await eventually(within: .seconds(5)) { tally.counts.withLock { $0.succeeded } > 100 })
      try await server.kill()
      #expect(try await eventually(within: .seconds(5)) { tally.counts.withLock { $0.failed } > 100 })
      try await Task.sleep(for: .seconds(1))
      try await server.start()
      let back = ContinuousClock.now
      let before = tally.counts.withLock { $0.succeeded }
      #expect(try await eventually(within: .seconds(5)) { tally.counts.withLock { $0.succeeded } > before })
      #expect(ContinuousClock.now - back < .seconds(1) + slack)
      load.cancel()
      await load.value
      let (slowest, kinds) = tally.counts.withLock { ($0.slowest, $0.kinds) }
      #expect(slowest < .seconds(1) + slack)
      #expect(kinds.isSubset(of: [.unavailable, .cancelled]))
      #expect(await answers())
      try await server.stop()
    }
  }
}
