import Postgres
import TestSupport
import Testing

extension OnRealServers {
  @Suite("Deadlines and cancellation")
  struct DeadlineTests {
    let fixture: Fixture
    static let grace = Duration.milliseconds(PostgresConnection.cancellationGraceMilliseconds)

    init() async throws { fixture = try await Fixture.make() }

    @Test("At its deadline a statement is cancelled on the server, and the connection lives")
    func deadline() async throws {
      let connection = try await fixture.connection()
      let start = ContinuousClock.now
      let error = try await failure {
        _ = try await connection.query(.sleep, [20], deadline: start + .milliseconds(200))
      }
      #expect(error?.kind == .timedOut && error?.mayHaveTakenEffect == false && error?.statement == "sleep")
      #expect(ContinuousClock.now - start < .milliseconds(200) + Self.grace + slack)
      #expect(try await fixture.running() == "0")
      #expect(connection.isUsable)
      #expect(try await connection.query(.one, deadline: .in(5)).count == 1)
    }

    @Test("A cancelled task's statement is cancelled on the server, and the connection lives")
    func cancellation() async throws {
      let connection = try await fixture.connection()
      let task = Task { try await failure { _ = try await connection.query(.sleep, [20], deadline: .in(30)) } }
      #expect(try await eventually(within: .seconds(2)) { try await fixture.running() == "1" })
      task.cancel()
      #expect(try await task.value?.kind == .cancelled)
      #expect(try await fixture.running() == "0")
      #expect(try await connection.query(.one, deadline: .in(5)).count == 1)
      // Cancelled before it was sent.
      let early = Task {
        while !Task.isCancelled { await Task.yield() }
        return try await failure { _ = try await connection.query(.sleep, [20], deadline: .in(30)) }
      }
      early.cancel()
      #expect(try await early.value?.kind == .cancelled)
    }

    @Test("No lock survives a deadline, neither waited for nor held")
    func locks() async throws {
      let (pool, other) = (fixture.pool(), try await fixture.connection())
      try await other.execute(script: "CREATE TABLE t (a int); INSERT INTO t VALUES (1)", deadline: .in(5))
      try await other.execute(script: "BEGIN; UPDATE t SET a = 2", deadline: .in(5))
      let update = Statement("update", "UPDATE t SET a = 3")
      let lock = Statement("lock", "SELECT pg_advisory_xact_lock(42)")
      let error = try await failure {
        try await pool.transaction(deadline: .in(0.3)) { transaction in
          _ = try await transaction.query(lock)
          _ = try await transaction.query(update)
        }
      }
      #expect(error?.kind == .timedOut)
      #expect(try await fixture.server.psql("SELECT pg_try_advisory_lock(42)", database: fixture.database) == "t")
      try await other.execute(script: "COMMIT", deadline: .in(5))
      #expect(try await pool.query(update).affectedRows == 1)
      #expect(pool.counts == PoolCounts(idle: 1))
    }

    @Test("Many statements cancelled at random moments never harm the next one on their connection")
    func cancellationStorm() async throws {
      let pool = fixture.pool(PostgresPool.Limits(maximumConnections: 4))
      let short = Statement("short", "SELECT pg_sleep($1) IS NULL AS n")
      let outcomes = try await withThrowingTaskGroup(of: [PostgresError.Kind?].self) { group in
        for _ in 0..<4 {
          group.addTask {
            var outcomes: [PostgresError.Kind?] = []
            for _ in 0..<60 {
              // Ends at about its deadline: now the answer wins, now the cancellation.
              let deadline = ContinuousClock.Instant.in(0.010 + .random(in: -0.002...0.004))
              outcomes.append(try await failure { _ = try await pool.query(short, [0.01], deadline: deadline) }?.kind)
              #expect(try await pool.query(short, [0.001]).count == 1)
            }
            return outcomes
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(Set(outcomes) == [nil, .timedOut])
      #expect(try await fixture.running() == "0")
    }

    @Test("A listener that never answers gives an error in time")
    func blackHole() async throws {
      let hole = try FreePorts.blackHole()
      var configuration = try PostgresConfiguration(
        url: "postgresql://u:pässwörd@127.0.0.1:\(hole.port)/d", applicationName: "tests")
      let start = ContinuousClock.now
      let error = try await failure {
        _ = try await PostgresConnection.connect(configuration, deadline: .in(0.3), logger: Fixture.logger)
      }
      #expect(error?.kind == .timedOut)
      #expect(ContinuousClock.now - start < .milliseconds(300) + slack)
      configuration.connectTimeout = .milliseconds(300)
      let pool = PostgresPool(configuration: configuration, logger: Fixture.logger)
      #expect(try await failure { _ = try await pool.query(.one) }?.kind == .unavailable)
      let cancelled = Task { [configuration] in
        try await failure {
          _ = try await PostgresConnection.connect(configuration, deadline: .in(9), logger: Fixture.logger)
        }
      }
      cancelled.cancel()
      #expect(try await cancelled.value?.kind == .cancelled)
    }
  }
}
