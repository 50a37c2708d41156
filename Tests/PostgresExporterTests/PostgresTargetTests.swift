import ExporterKit
import Postgres
import TestSupport
import Testing

@testable import PostgresExporter

/// What becomes of one server's scrape, with collectors of the test's own.
@Suite("A server's scrape", .serialized)
struct PostgresTargetTests {
  private static let first = TestCollector(name: "first")
  private static let ours = "application_name = 'postgres-exporter'"

  @Test("one that fails and one at its limit cost only themselves, and nothing of them is left")
  func failures() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql("CREATE TABLE t (n int)", database: database)
    let exporter = try InProcessExporter(
      [server.url(database: database)],
      [
        Self.first, TestCollector(name: "broken") { _ in ["SELECT 1 / 0"] },
        TestCollector(name: "second_broken") { _ in ["SELECT 1", "SELEC"] },
        TestCollector(name: "locked", limit: .milliseconds(300)) { _ in ["SELECT count(*) FROM t"] },
        TestCollector(name: "pair") { _ in ["SELECT 1", "SELECT 7"] }, TestCollector(name: "absent") { _ in [] },
      ])
    #expect(try await exporter.scrape().value("pg_up") == 1)
    async let lock = server.psql("BEGIN; LOCK TABLE t; SELECT pg_sleep(4)", database: database)
    try await Task.sleep(for: .seconds(1))
    let (page, time) = try await timed { try await exporter.scrape() }
    #expect(time < .seconds(2))
    #expect(page.value("pg_up") == 1 && page.value("test_pair") == 7)
    #expect(["first", "pair", "absent"].map(page.success) == [1, 1, 1])
    #expect(["broken", "second_broken", "locked"].map(page.success) == [0, 0, 0])
    #expect(page.value("pg_scrape_collector_timeouts_total", ["collector": "locked"]) == 1)
    #expect(page.value("pg_scrape_collector_timeouts_total", ["collector": "broken"]) == 0)
    let waiting = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted"
    #expect(try await server.psql("\(waiting) AND datname = '\(database)'") == "0")
    _ = try await lock
    #expect(try await exporter.scrape().success(of: "locked") == 1)
    // Each once, although there were three scrapes.
    #expect(exporter.log.errors == 3)
  }

  @Test("a collector is asked again where the server has become another since the last scrape")
  func facts() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let exporter = try InProcessExporter(
      [server.url(database: database)],
      [
        Self.first,
        TestCollector(name: "extended") { facts in
          facts.extensions["pg_trgm"].map { ["SELECT \($0.schema).similarity('abc', 'abc')"] } ?? []
        }, TestCollector(name: "always") { _ in ["SELECT 5"] },
      ])
    #expect(try await exporter.scrape().value("test_extended") == nil)
    try await server.psql("CREATE SCHEMA e; CREATE EXTENSION pg_trgm SCHEMA e", database: database)
    let page = try await exporter.scrape()
    #expect(page.value("test_extended") == 1 && page.value("test_always") == 5)
    try await server.psql("DROP EXTENSION pg_trgm", database: database)
    #expect(try await exporter.scrape().value("test_extended") == nil)
    #expect(exporter.log.errors == 0)
  }

  @Test("an expensive answer is given again, with its age, and others are not")
  func freshness() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql("CREATE SEQUENCE a; CREATE SEQUENCE b", database: database)
    let exporter = try InProcessExporter(
      [server.url(database: database)],
      [
        Self.first, TestCollector(name: "slow", freshness: .seconds(30)) { _ in ["SELECT nextval('a')"] },
        TestCollector(name: "short", freshness: .milliseconds(200)) { _ in ["SELECT nextval('b')"] },
      ])
    #expect(try await exporter.scrape().value("test_slow") == 1)
    try await Task.sleep(for: .milliseconds(250))
    let page = try await exporter.scrape()
    #expect(page.value("test_slow") == 1 && page.value("test_short") == 2)
    let age = page.value("pg_exporter_collector_answer_age_seconds", ["collector": "slow"]) ?? -1
    #expect(age >= 0.25 && age < 10)
    #expect(page.value("pg_exporter_collector_answer_age_seconds", ["collector": "short"]) == 0)
    #expect(page.value("pg_exporter_collector_answer_age_seconds", ["collector": "first"]) == nil)
  }

  @Test("a session that the server ended between two scrapes is replaced unnoticed")
  func terminated() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let exporter = try InProcessExporter([server.url(database: database)], [Self.first])
    #expect(try await exporter.scrape().value("pg_up") == 1)
    try await server.psql(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '\(database)' AND \(Self.ours)")
    #expect(try await exporter.scrape().value("pg_up") == 1)
    #expect(exporter.log.errors == 0)
    await exporter.main?.close()
    let left = "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(database)'"
    var sessions = ""
    for _ in 0..<50 where sessions != "0" {
      sessions = try await server.psql(left)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(sessions == "0")
  }

  @Test("of two servers the second gives what names it, and harms nobody when it is away")
  func twoServers() async throws {
    let server = try await PostgresServer.shared()
    let other = try await PostgresServer.start()
    let exporter = try InProcessExporter(
      [server.url(), other.url()],
      [
        TestCollector(name: "first", namesServer: true),
        TestCollector(name: "named", namesServer: true) { _ in ["SELECT 3"] },
        TestCollector(name: "nameless") { _ in ["SELECT 4"] },
      ])
    let labels = [server, other].map { ["server": "127.0.0.1:\($0.port)"] }
    let page = try await exporter.scrape()
    #expect(labels.map { page.value("test_named", $0) } == [3, 3])
    #expect(labels.map { page.value("test_nameless", $0) } == [4, nil])
    try await other.stop()
    let without = try await exporter.scrape()
    #expect(without.value("pg_up") == 1 && without.success(of: "first") == 0 && without.success(of: "named") == 1)
    #expect(labels.map { without.value("test_named", $0) } == [3, nil])
    #expect(labels.map { without.value("pg_exporter_database_up", $0) } == [1, 0])
  }

  @Test("pg_up is 0 at once where max_connections is reached, and 1 as soon as there is room")
  func tooManyConnections() async throws {
    let server = try await PostgresServer.start(
      settings: ["max_connections": "4", "superuser_reserved_connections": "0", "max_wal_senders": "0"])
    let exporter = try InProcessExporter([server.url()], [Self.first])
    async let crowd: Void = withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await server.psql("SELECT pg_sleep(5)") } }
      try await group.waitForAll()
    }
    try await Task.sleep(for: .seconds(2))
    let (page, time) = try await timed { try await exporter.scrape() }
    #expect(page.value("pg_up") == 0 && time < .seconds(2))
    #expect(exporter.log.text.contains("53300"))
    try await crowd
    #expect(try await exporter.scrape().value("pg_up") == 1)
    try await server.stop()
  }

  @Test("a server that recovers, starts or is stopped is down, and told so in time")
  func stopped() async throws {
    let server = try await PostgresServer.start()
    let exporter = try InProcessExporter([server.url()], [Self.first, TestCollector(name: "second")])
    #expect(try await exporter.scrape().value("pg_up") == 1)
    server.pause()
    for _ in 0..<2 {
      let (page, time) = try await timed { try await exporter.scrape(within: 1) }
      #expect(page.value("pg_up") == 0 && time < .seconds(1))
    }
    // One line for the outage, whatever else did not come to its turn.
    #expect(exporter.log.errors <= 2)
    #expect(exporter.log.errors >= 1)
    server.resume()
    try await server.kill()
    let (page, time) = try await timed { try await exporter.scrape() }
    #expect(page.value("pg_up") == 0 && time < .seconds(2))
    async let start: Void = server.start()
    var isUp = false
    while !isUp {
      let (page, time) = try await timed { try await exporter.scrape() }
      #expect(time < .seconds(5))
      isUp = page.value("pg_up") == 1
    }
    try await start
    #expect(try await exporter.scrape().success(of: "second") == 1)
    try await server.stop()
  }

  @Test("what a role may not read costs the collector that wants it")
  func revoked() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let role = "poor_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'geheimes-wort'")
    try await server.psql("CREATE TABLE t (n int); GRANT SELECT ON t TO \(role)", database: database)
    let exporter = try InProcessExporter(
      [server.url(user: role, password: "geheimes-wort", database: database)],
      [Self.first, TestCollector(name: "granted") { _ in ["SELECT count(*) FROM t"] }])
    #expect(try await exporter.scrape().success(of: "granted") == 1)
    try await server.psql("REVOKE SELECT ON t FROM \(role)", database: database)
    let page = try await exporter.scrape()
    #expect(page.value("pg_up") == 1 && page.success(of: "granted") == 0)
    #expect(exporter.log.text.contains("42501") && !exporter.log.text.contains("geheimes-wort"))
  }
}
