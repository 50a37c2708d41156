import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

extension OnRealServers {
  @Suite("Transactions")
  struct TransactionTests {
    let fixture: Fixture
    let pool: PostgresPool
    let insert = Statement("insert", "INSERT INTO t VALUES ($1)")
    let count = Statement("count", "SELECT count(*) AS n FROM t")

    struct Refusal: Error {}

    init() async throws {
      fixture = try await Fixture.make()
      pool = fixture.pool(PostgresPool.Limits(maximumConnections: 2))
      try await fixture.connection().execute(
        script: """
          CREATE TABLE t (a int8 PRIMARY KEY);
          CREATE TABLE child (a int8 REFERENCES t DEFERRABLE INITIALLY DEFERRED)
          """, deadline: .in(5))
    }

    private func rows() async throws -> Int { try await pool.query(count).first?.decode("n") ?? -1 }

    @Test("It commits when the body returns, and rolls back when it throws")
    func commitAndRollback() async throws {
      let value = try await pool.transaction { transaction in
        _ = try await transaction.query(insert, [1])
        _ = try await transaction.query(insert, [2])
        #expect(try await rows() == 0)
        return "done"
      }
      #expect(value == "done")
      #expect(try await rows() == 2)
      await #expect(throws: Refusal.self) {
        try await pool.transaction { transaction in
          _ = try await transaction.query(insert, [3])
          throw Refusal()
        }
      }
      #expect(try await rows() == 2)
      // A rollback costs no connection.
      #expect(pool.counts == PoolCounts(idle: 2))
      try await pool.transaction { _ in }
      #expect(try await fixture.running() == "0")
      #expect(pool.counts.inUse == 0 && pool.counts.waiting == 0)
    }

    @Test("A statement's error rolls back, also when the body swallows it")
    func errors() async throws {
      let thrown = try await failure {
        try await pool.transaction { transaction in
          _ = try await transaction.query(insert, [1])
          _ = try await transaction.query(insert, [1])
        }
      }
      #expect(thrown?.sqlState == .uniqueViolation)
      let swallowed = try await failure {
        try await pool.transaction { transaction in
          _ = try await transaction.query(insert, [1])
          _ = try? await transaction.query(insert, [1])
        }
      }
      #expect(swallowed?.sqlState == .inFailedTransaction)
      #expect(try await rows() == 0)
    }

    @Test("A constraint that COMMIT refuses is the server's error, not an unknown outcome")
    func deferredConstraint() async throws {
      let child = Statement("child", "INSERT INTO child VALUES (7)")
      let error = try await failure { try await pool.transaction { _ = try await $0.query(child) } }
      #expect(error?.kind == .server && error?.sqlState == .foreignKeyViolation)
      #expect(try await rows() == 0)
    }

    @Test("COMMIT travels with the last statement, and nothing comes after it")
    func commitsWithTheLastStatement() async throws {
      let trips = try await pool.transaction { transaction in
        _ = try await transaction.query(insert, [1])
        _ = try await transaction.queryAndCommit(insert, [2])
        #expect(try await rows() == 2)
        return try await failure { _ = try await transaction.query(insert, [3]) }
      }
      #expect(trips?.kind == .misuse)
      // Alone, and prepared by now: BEGIN, statement and COMMIT in one round trip.
      let last = try await pool.transaction { try await $0.queryAndCommit(count) }
      #expect(try last.first?.decode("n") == 2)
      // What was committed stays, whatever the body throws afterwards.
      await #expect(throws: Refusal.self) {
        try await pool.transaction { transaction in
          _ = try await transaction.queryAndCommit(insert, [3])
          throw Refusal()
        }
      }
      #expect(try await rows() == 3)
      #expect(pool.counts.inUse == 0 && pool.counts.waiting == 0)
    }

    @Test("Where the last statement or its COMMIT is refused, nothing is there and the connection is as before")
    func refusedWithTheLastStatement() async throws {
      let duplicate = try await failure {
        try await pool.transaction { transaction in
          _ = try await transaction.query(insert, [1])
          _ = try await transaction.queryAndCommit(insert, [1])
        }
      }
      #expect(duplicate?.kind == .server && duplicate?.sqlState == .uniqueViolation)
      let child = Statement("child", "INSERT INTO child VALUES (7)")
      let deferred = try await failure { try await pool.transaction { _ = try await $0.queryAndCommit(child) } }
      #expect(deferred?.kind == .server && deferred?.sqlState == .foreignKeyViolation)
      #expect(try await rows() == 0)
      _ = try await pool.transaction { try await $0.queryAndCommit(insert, [1]) }
      #expect(try await rows() == 1)
    }

    @Test("A cancelled task rolls back, in a statement or between two")
    func cancellation() async throws {
      for statement in [Statement.sleep, .one] {
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
          try await failure {
            try await pool.transaction { transaction in
              _ = try await transaction.query(insert, [1])
              reach.finish()
              if statement == .sleep { _ = try await transaction.query(statement, [20]) }
              while !Task.isCancelled { await Task.yield() }
            }
          }
        }
        for await _ in reached {}
        task.cancel()
        #expect(try await task.value?.kind == .cancelled)
        #expect(try await rows() == 0)
        #expect(try await fixture.running() == "0")
      }
    }

    @Test("A body that outlives the deadline is rolled back, and an escaped transaction is of no use")
    func limits() async throws {
      let error = try await failure {
        try await pool.transaction(deadline: .in(0.1)) { transaction in
          _ = try await transaction.query(insert, [1])
          try await Task.sleep(for: .milliseconds(150))
        }
      }
      #expect(error?.kind == .timedOut)
      let escaped = try await pool.transaction { $0 }
      #expect(try await failure { _ = try await escaped.query(insert, [1]) }?.kind == .misuse)
      #expect(try await rows() == 0)
    }

    @Test("A connection lost in the body is a rollback; lost in COMMIT the outcome is unknown")
    func lostConnection() async throws {
      let pid = Statement("pid", "SELECT pg_backend_pid()::text AS pid")
      let lost = try await failure {
        try await pool.transaction { transaction in
          let backend = try await transaction.query(pid).first?.decode("pid", as: String.self) ?? ""
          _ = try await transaction.query(insert, [1])
          try await fixture.server.psql("SELECT pg_terminate_backend(\(backend))")
          _ = try? await transaction.query(insert, [2])
        }
      }
      #expect(lost?.kind == .unavailable)
      #expect(try await rows() == 0)

      // COMMIT itself takes long, in a deferred trigger, and loses its backend meanwhile.
      try await fixture.connection().execute(
        script: """
          CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(20); RETURN NULL; END';
          CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
          EXECUTE FUNCTION slow()
          """, deadline: .in(5))
      let commit = Task {
        try await failure { try await pool.transaction(deadline: .in(30)) { _ = try await $0.query(insert, [1]) } }
      }
      let terminate = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = '\(fixture.database)' AND query = 'COMMIT' AND state = 'active'
        """
      #expect(try await eventually(within: .seconds(5)) { try await fixture.server.psql(terminate) == "1" })
      #expect(try await commit.value?.kind == .outcomeUnknown)
      let slow = try await failure {
        try await pool.transaction(deadline: .in(0.3)) { _ = try await $0.query(insert, [1]) }
      }
      #expect(slow?.kind == .timedOut && slow?.mayHaveTakenEffect == false)
      #expect(try await rows() == 0)
    }

    @Test("The observer hears of every statement, COMMIT, and failures")
    func observer() async throws {
      final class Recorder: PostgresObserver {
        let heard = Mutex<[String]>([])
        func queryFinished(statement: String, duration: Duration, error: PostgresError?) {
          heard.withLock { $0.append(error.map { "\(statement) \($0.kind)" } ?? statement) }
        }
      }
      let recorder = Recorder()
      let pool = fixture.pool(observer: recorder)
      try await pool.transaction { _ = try await $0.query(insert, [1]) }
      _ = try? await pool.query(insert, [1])
      #expect(recorder.heard.withLock { $0 } == ["insert", "COMMIT", "insert server"])
    }
  }
}
