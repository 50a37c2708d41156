import Logging
import Postgres
import TestSupport
import Testing

extension OnRealServers {
  @Suite("The pool on a server")
  struct PoolTests {
    let fixture: Fixture

    init() async throws { fixture = try await Fixture.make() }

    @Test("Waiting is bounded in number and in time, and first come is first served")
    func bounds() async throws {
      var limits = PostgresPool.Limits(maximumConnections: 1)
      limits.maximumWaiters = 2
      limits.acquireTimeout = .milliseconds(700)
      let pool = fixture.pool(limits)
      try await pool.transaction { _ in
        let start = ContinuousClock.now
        async let first = failure { _ = try await pool.query(.one) }
        async let second = failure { _ = try await pool.query(.one, [], deadline: .in(0.1)) }
        #expect(try await eventually(within: .seconds(1)) { pool.counts.waiting == 2 })
        let refused = try await failure { _ = try await pool.query(.one) }
        #expect(refused?.kind == .poolExhausted && refused?.statement == "one")
        #expect(ContinuousClock.now - start < .milliseconds(600))
        #expect(try await second?.kind == .timedOut)
        #expect(try await first?.kind == .poolExhausted)
        #expect(ContinuousClock.now - start < .milliseconds(1_700))
        let cancelled = Task { try await failure { _ = try await pool.query(.one) } }
        #expect(try await eventually(within: .seconds(1)) { pool.counts.waiting == 1 })
        cancelled.cancel()
        #expect(try await cancelled.value?.kind == .cancelled)
      }
      #expect(pool.counts == PoolCounts(idle: 1))
    }

    @Test("A thousand statements share a few connections")
    func sharing() async throws {
      let pool = fixture.pool(PostgresPool.Limits(maximumConnections: 3))
      let echo = Statement("echo", "SELECT $1::int8 AS value")
      try await withThrowingTaskGroup { group in
        for worker in 0..<20 {
          group.addTask {
            for number in 0..<50 {
              let value = try await pool.query(echo, [worker * 50 + number]).first?.decode("value", as: Int.self)
              #expect(value == worker * 50 + number)
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(pool.counts.idle <= 3 && pool.counts.inUse == 0)
    }

    @Test("A connection that died while idle, or was left in a transaction, is replaced unnoticed")
    func staleConnections() async throws {
      let pool = fixture.pool(PostgresPool.Limits(maximumConnections: 2))
      async let one = pool.query(.sleep, [0.1])
      async let two = pool.query(.sleep, [0.1])
      _ = try await (one, two)
      #expect(pool.counts.idle == 2)
      try await fixture.server.psql(
        "SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity WHERE datname = '\(fixture.database)'")
      #expect(try await pool.query(.one).count == 1)
      _ = try await pool.query(Statement("begin", "BEGIN"))
      #expect(pool.counts.idle == 0)
      #expect(try await eventually(within: .seconds(5)) { try await fixture.running() == "0" })
    }

    @Test("As a service it keeps connections warm, and closing waits for those in use")
    func service() async throws {
      let pool = fixture.pool()
      let running = Task { try await pool.run() }
      #expect(try await eventually(within: .seconds(3)) { pool.counts.idle == 2 })
      // Lost ones are noticed without a caller.
      try await fixture.server.psql(
        "SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity WHERE datname = '\(fixture.database)'")
      #expect(
        try await eventually(within: .seconds(4)) {
          try await fixture.server.psql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(fixture.database)'") == "2"
        })
      let slow = Task { try await pool.query(.sleep, [0.5]) }
      #expect(try await eventually(within: .seconds(2)) { try await fixture.running() == "1" })
      await pool.close(within: .seconds(5))
      try await running.value
      #expect(try await slow.value.count == 1)
      #expect(try await failure { _ = try await pool.query(.one) }?.kind == .unavailable)
      #expect(
        try await eventually(within: .seconds(2)) {
          try await fixture.server.psql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(fixture.database)'") == "0"
        })
    }

    @Test("A shutdown does not wait for ever")
    func boundedShutdown() async throws {
      let pool = fixture.pool()
      let slow = Task { try await failure { _ = try await pool.query(.sleep, [20], deadline: .in(30)) } }
      #expect(try await eventually(within: .seconds(2)) { try await fixture.running() == "1" })
      let start = ContinuousClock.now
      await pool.close(within: .milliseconds(200))
      #expect(ContinuousClock.now - start < .seconds(1))
      #expect(try await slow.value?.kind == .unavailable)
    }

    @Test("Refusals at connecting carry the SQLSTATE, a remedy and no password")
    func refusals() async throws {
      let url = fixture.server.url(password: "wr0ng-p4ss", database: fixture.database)
      let wrong = try PostgresConfiguration(url: url, applicationName: "tests")
      let unknown = try PostgresConfiguration(url: fixture.server.url(database: "nada"), applicationName: "tests")
      let closed = try PostgresConfiguration(
        url: "postgresql://u:s3cr3t-of-the-tests@127.0.0.1:\(FreePorts.next())/d", applicationName: "tests")
      let unresolved = try PostgresConfiguration(
        url: "postgresql://u:s3cr3t-of-the-tests@does-not-exist.invalid/d", applicationName: "tests")
      let expected: [(PostgresConfiguration, SQLState?)] = [
        (wrong, .invalidPassword), (unknown, .unknownDatabase), (closed, nil), (unresolved, nil),
      ]
      for (configuration, state) in expected {
        let pool = PostgresPool(configuration: configuration, logger: Fixture.logger)
        let error = try #require(try await failure { _ = try await pool.query(.one) })
        #expect(error.kind == .unavailable && error.sqlState == state, "\(error)")
        var dumped = ""
        dump((error, configuration, pool), to: &dumped)
        for text in ["\(error)", "\(configuration)", String(reflecting: configuration), dumped] {
          #expect(!text.contains("wr0ng-p4ss") && !text.contains("s3cr3t-of-the-tests"), "\(text)")
        }
        #expect(!error.description.contains("LOCATION") && error.remedy != nil)
      }
    }
  }
}
