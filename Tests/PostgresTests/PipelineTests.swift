import Postgres
import Synchronization
import TestSupport
import Testing

/// Notes what a pipeline tells.
final class PipelineRecord: PipelineReader {
  struct State {
    var began: [Int] = []
    var results: [Int: Result<QueryResult, PostgresError>] = [:]
    var order: [Int] = []
  }

  let state = Mutex(State())
  private let limit: @Sendable (Int) -> Duration

  init(limit: @escaping @Sendable (Int) -> Duration = { _ in .seconds(5) }) { self.limit = limit }

  func begins(_ index: Int) -> ContinuousClock.Instant {
    state.withLock { $0.began.append(index) }
    return .now + limit(index)
  }

  func ended(_ index: Int, _ result: Result<QueryResult, PostgresError>) {
    state.withLock { state in
      #expect(state.results.updateValue(result, forKey: index) == nil, "statement \(index) ended twice")
      state.order.append(index)
    }
  }

  var order: [Int] { state.withLock { $0.order } }
  var began: [Int] { state.withLock { $0.began } }
  func error(_ index: Int) -> PostgresError? {
    if case .failure(let error) = state.withLock({ $0.results[index] }) { error } else { nil }
  }
  func text(_ index: Int) -> String? {
    guard case .success(let rows) = state.withLock({ $0.results[index] }) else { return nil }
    return try? rows.first?.decode(0)
  }
  func kinds(_ count: Int) -> [PostgresError.Kind?] { (0..<count).map { error($0)?.kind } }
}

extension OnRealServers {
  @Suite("Pipelines")
  struct PipelineTests {
    let fixture: Fixture
    let connection: PostgresConnection

    init() async throws {
      fixture = try await Fixture.make()
      connection = try await fixture.connection()
    }

    static func statements(_ sql: [String]) -> [Statement] {
      sql.enumerated().map { Statement("s\($0.offset)", $0.element) }
    }

    private func run(
      _ sql: [String], _ record: PipelineRecord = PipelineRecord(), within seconds: Double = 10
    ) async throws -> PipelineRecord {
      try await connection.pipeline(Self.statements(sql), until: .in(seconds), reader: record)
      return record
    }

    private func isFit() async throws -> Bool {
      let count = try await connection.query(.one, deadline: .in(5)).count
      return try await fixture.running() == "0" && count == 1
    }

    @Test("Answers come in order, each statement is prepared once, and none is left behind")
    func order() async throws {
      let sql = (0..<200).map { "SELECT \($0)::text" }
      for _ in 1...3 {
        let record = try await run(sql)
        #expect(record.order == Array(0..<200) && record.began == record.order)
        #expect((0..<200).allSatisfy { record.text($0) == "\($0)" })
      }
      let prepared = try await run(["SELECT count(*)::text FROM pg_prepared_statements"])
      #expect(prepared.text(0) == "201")
      #expect(try await isFit())
    }

    @Test("One that fails costs only itself, when it is prepared as when it runs")
    func failures() async throws {
      let sql = ["SELECT 'a'", "SELEC 1", "SELECT 'b'", "SELECT (1 / 0)::text", "SELECT 'c'", "SELECT * FROM nothing"]
      for _ in 1...3 {
        let record = try await run(sql)
        #expect([0, 2, 4].map(record.text) == ["a", "b", "c"])
        let states = [1, 3, 5].map { record.error($0)?.sqlState }
        #expect(states == [.syntaxError, .divisionByZero, .undefinedTable])
        #expect(record.error(1)?.statement == "s1")
      }
      // Its own transaction each: a failure undoes nothing of the others.
      _ = try await run(["CREATE TABLE a (n int)", "SELECT 1 / 0", "INSERT INTO a VALUES (7)"])
      #expect(try await run(["SELECT n::text FROM a"]).text(0) == "7")
      #expect(try await isFit())
    }

    @Test("One at its limit is cancelled on the server, and the next go on")
    func limit() async throws {
      let start = ContinuousClock.now
      let record = try await run(
        ["SELECT 'a'", "SELECT pg_sleep(20)::text", "SELECT 'b'", "SELECT pg_sleep(0.05) IS NULL", "SELECT 'c'"],
        PipelineRecord { _ in .milliseconds(300) })
      #expect(ContinuousClock.now - start < .milliseconds(600) + slack)
      #expect(record.kinds(5) == [nil, .timedOut, nil, nil, nil])
      #expect(record.error(1)?.mayHaveTakenEffect == false)
      #expect([0, 2, 4].map(record.text) == ["a", "b", "c"])
      #expect(try await isFit())
    }

    @Test("At the deadline all that is left is cancelled, and nothing stays on the server")
    func allLate() async throws {
      let start = ContinuousClock.now
      let sql = (0..<20).map { "SELECT pg_sleep(20), \($0)" }
      let record = try await run(sql, PipelineRecord { _ in .seconds(9) }, within: 0.3)
      #expect(ContinuousClock.now - start < .milliseconds(550) + slack)
      #expect(record.kinds(20).allSatisfy { $0 == .timedOut || $0 == .unavailable })
      #expect(record.error(0)?.kind == .timedOut)
      #expect(try await eventually(within: .seconds(2)) { try await fixture.running() == "0" })
      // One that was not sent at all.
      let other = try await fixture.connection()
      let late = try await failure {
        try await other.pipeline(Self.statements(sql), until: .in(-1), reader: PipelineRecord { _ in .zero })
      }
      #expect(late?.kind == .timedOut)
      #expect(try await other.query(.one, deadline: .in(5)).count == 1)
    }

    @Test("A limit that has passed already cancels that one alone")
    func passedLimit() async throws {
      let sql = (0..<6).map { $0.isMultiple(of: 2) ? "SELECT pg_sleep(20)::text" : "SELECT 'x'" }
      let record = try await run(sql, PipelineRecord { $0.isMultiple(of: 2) ? .zero : .seconds(5) })
      #expect(record.kinds(6) == [.timedOut, nil, .timedOut, nil, .timedOut, nil])
      #expect(try await isFit())
    }

    @Test("A late cancellation never costs another statement its answer")
    func victims() async throws {
      let sql = (0..<12).map { $0.isMultiple(of: 3) ? "SELECT pg_sleep(0.01)::text" : "SELECT 'x', pg_sleep(0.0005)" }
      for _ in 0..<40 {
        // Ends at about its limit: now the answer wins, now the cancellation.
        let record = try await run(
          sql,
          PipelineRecord {
            $0.isMultiple(of: 3) ? .milliseconds(9) + .microseconds(.random(in: 0...3000)) : .seconds(5)
          })
        for index in 0..<12 {
          let isShort = index.isMultiple(of: 3)
          let kind = record.error(index)?.kind
          #expect(
            kind == nil || (isShort && kind == .timedOut),
            "\(index): \(record.error(index)?.description ?? "") \(record.began)")
        }
        #expect(try await connection.query(.one, deadline: .in(5)).count == 1)
      }
      #expect(try await isFit())
    }

    @Test("A lock held by others costs the one that needs it, and nothing of it stays in pg_locks")
    func lock() async throws {
      let other = try await fixture.connection()
      try await other.execute(script: "CREATE TABLE t (a int)", deadline: .in(5))
      try await other.execute(script: "BEGIN; LOCK TABLE t", deadline: .in(5))
      let record = try await run(
        ["SELECT 'a'", "SELECT count(*)::text FROM t", "SELECT 'b'"], PipelineRecord { _ in .milliseconds(200) })
      #expect(record.kinds(3) == [nil, .timedOut, nil])
      #expect(try await fixture.server.psql("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0")
      try await other.execute(script: "COMMIT", deadline: .in(5))
      #expect(try await run(["SELECT count(*)::text FROM t"]).text(0) == "0")
    }

    @Test("A changed table or dropped plans are noticed by nobody")
    func outOfDate() async throws {
      try await connection.execute(script: "CREATE TABLE u (a int)", deadline: .in(5))
      let sql = ["SELECT 'a'", "SELECT * FROM u", "SELECT 'b'"]
      #expect(try await run(sql).kinds(3) == [nil, nil, nil])
      try await connection.execute(script: "ALTER TABLE u ADD b int; DEALLOCATE s3", deadline: .in(5))
      let record = try await run(sql)
      #expect(record.kinds(3) == [nil, nil, nil])
      #expect(record.text(2) == "b" && record.order == [0, 1, 2])
      try await connection.execute(script: "DEALLOCATE ALL", deadline: .in(5))
      #expect(try await run(sql).kinds(3) == [nil, nil, nil])
    }

    @Test("Statements and answers larger than any socket's buffer, all at once")
    func large() async throws {
      let long = String(repeating: "x", count: 3_000_000)
      let sql = (0..<8).map { "SELECT \($0)::text || repeat('y', 3000000) /* \(long) */" }
      let record = try await run(sql, within: 30)
      for index in 0..<8 { #expect(record.text(index)?.utf8.count == 3_000_001) }
      #expect(try await isFit())
    }

    @Test("A session ended at any statement costs that one and the ones behind it", arguments: 0..<6)
    func terminated(at position: Int) async throws {
      var sql = (0..<6).map { "SELECT '\($0)'" }
      sql[position] = "SELECT pg_terminate_backend(pg_backend_pid())::text"
      let record = try await run(sql)
      #expect(record.order == Array(0..<6))
      #expect(record.kinds(position) == Array(repeating: nil, count: position))
      #expect(record.error(position)?.sqlState == .adminShutdown)
      for index in position..<6 { #expect(record.error(index)?.kind == .unavailable) }
      #expect(!connection.isUsable)
    }

    @Test("A cancelled task ends what runs and what waits")
    func cancelled() async throws {
      let record = PipelineRecord { _ in .seconds(20) }
      let task = Task { try await run(["SELECT pg_sleep(20)", "SELECT pg_sleep(20)"], record, within: 30) }
      #expect(try await eventually(within: .seconds(2)) { try await fixture.running() == "1" })
      task.cancel()
      _ = try await task.value
      #expect(record.kinds(2) == [.cancelled, .cancelled])
      #expect(try await isFit())
    }
  }

  @Suite("Pipelines on servers that fail")
  struct PipelineOutageTests {
    @Test("A server that crashes at any statement", arguments: [0, 2, 4])
    func crash(at position: Int) async throws {
      let server = try await PostgresServer.start()
      let connection = try await PostgresConnection.connect(
        try Fixture.configuration(server), deadline: .in(5), logger: Fixture.logger)
      var sql = (0..<5).map { "SELECT '\($0)'" }
      sql[position] = "COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'"
      let record = PipelineRecord()
      try await connection.pipeline(PipelineTests.statements(sql), until: .in(5), reader: record)
      #expect(record.kinds(5) == (0..<5).map { $0 < position ? nil : .unavailable })
      try await server.kill()
    }

    @Test("A server that is stopped gives all that it said, and an end in time")
    func stopped() async throws {
      let server = try await PostgresServer.start()
      let connection = try await PostgresConnection.connect(
        try Fixture.configuration(server), deadline: .in(5), logger: Fixture.logger)
      server.pause()
      let start = ContinuousClock.now
      let record = PipelineRecord { _ in .milliseconds(300) }
      try await connection.pipeline(
        PipelineTests.statements(["SELECT 'a'", "SELECT 'b'", "SELECT 'c'"]), until: .in(2), reader: record)
      #expect(ContinuousClock.now - start < .milliseconds(550) + slack)
      #expect(record.kinds(3) == [.timedOut, .unavailable, .unavailable])
      #expect(!connection.isUsable)
      server.resume()
      let left = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tests'"
      #expect(try await eventually(within: .seconds(3)) { try await server.psql(left) == "0" })
      try await server.stop()
    }
  }
}
