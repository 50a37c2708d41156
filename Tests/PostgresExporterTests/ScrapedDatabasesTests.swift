import ExporterKit
import TestSupport
import Testing

@testable import PostgresExporter

/// Several databases of one server.
@Suite("Scraped databases", .serialized)
struct ScrapedDatabasesTests {
  private static let collectors = [
    TestCollector(name: "first"), TestCollector(name: "each", scope: .eachDatabase) { _ in ["SELECT 2"] },
  ]

  private func databases(_ page: Page) -> [String] {
    page.values.keys.filter { $0.name == "test_each" }.compactMap { $0.labels["datname"] }.sorted()
  }

  @Test("all are found, new ones at once, and dropped ones are let go")
  func discovery() async throws {
    let server = try await PostgresServer.start()
    for name in ["a", "b"] { _ = try await server.createDatabase(name) }
    let exporter = try InProcessExporter([server.url()], Self.collectors, arguments: ["--auto-discover-databases"])
    #expect(databases(try await exporter.scrape()) == ["a", "b", "postgres"])
    _ = try await server.createDatabase("c")
    let page = try await exporter.scrape()
    #expect(databases(page) == ["a", "b", "c", "postgres"])
    #expect(page.success(of: "each") == 1)
    #expect(page.value("pg_scrape_collector_series", ["collector": "each"]) == 4)
    try await server.psql("DROP DATABASE a WITH (FORCE)")
    #expect(databases(try await exporter.scrape()) == ["b", "c", "postgres"])
    #expect(exporter.log.errors == 0)
    let alone = try InProcessExporter([server.url()], Self.collectors)
    #expect(databases(try await alone.scrape()) == ["postgres"])
    try await server.stop()
  }

  @Test("one that cannot be reached harms only itself, and is told once")
  func unreachable() async throws {
    let server = try await PostgresServer.start()
    try await server.psql("CREATE ROLE u LOGIN PASSWORD 'geheimes-wort'; GRANT pg_monitor TO u")
    for name in ["crowded", "revoked", "fine"] { _ = try await server.createDatabase(name) }
    try await server.psql("ALTER DATABASE crowded CONNECTION LIMIT 0; REVOKE CONNECT ON DATABASE revoked FROM PUBLIC")
    let exporter = try InProcessExporter(
      [server.url(user: "u", password: "geheimes-wort")], Self.collectors, arguments: ["--auto-discover-databases"])
    for _ in 0..<3 {
      let page = try await exporter.scrape()
      #expect(databases(page) == ["fine", "postgres"])
      #expect(page.value("pg_up") == 1 && page.success(of: "each") == 1)
      #expect(page.value("pg_exporter_database_up", ["datname": "crowded"]) == 0)
      #expect(page.value("pg_exporter_database_up", ["datname": "fine"]) == 1)
      #expect(page.value("pg_exporter_database_up", ["datname": "revoked"]) == nil)
    }
    #expect(exporter.log.errors == 1 && exporter.log.text.contains("53300"))
    #expect(!exporter.log.text.contains("geheimes-wort"))
    try await server.psql("ALTER DATABASE crowded CONNECTION LIMIT -1")
    #expect(databases(try await exporter.scrape()) == ["crowded", "fine", "postgres"])
    #expect(exporter.log.notices == 1)
    try await server.stop()
  }

  @Test("of one that is gone nothing is remembered: when it is there again, its failure is told again")
  func forgotten() async throws {
    let server = try await PostgresServer.start()
    try await server.psql("CREATE ROLE u LOGIN PASSWORD 'x'; GRANT pg_monitor TO u")
    let exporter = try InProcessExporter(
      [server.url(user: "u", password: "x")], Self.collectors, arguments: ["--auto-discover-databases"])
    for errors in 1...3 {
      try await server.psql("CREATE DATABASE crowded CONNECTION LIMIT 0")
      for _ in 0..<2 {
        #expect(try await exporter.scrape().value("pg_exporter_database_up", ["datname": "crowded"]) == 0)
      }
      #expect(exporter.log.errors == errors)
      try await server.psql("DROP DATABASE crowded")
      #expect(try await exporter.scrape().value("pg_exporter_database_up", ["datname": "crowded"]) == nil)
    }
    try await server.stop()
  }

  @Test("where the server does not name them, those of before are scraped")
  func unnamed() async throws {
    let server = try await PostgresServer.start()
    _ = try await server.createDatabase("a")
    let exporter = try InProcessExporter([server.url()], Self.collectors, arguments: ["--auto-discover-databases"])
    #expect(databases(try await exporter.scrape()) == ["a", "postgres"])
    async let lock = server.psql("BEGIN; LOCK TABLE pg_database; SELECT pg_sleep(5)")
    try await Task.sleep(for: .seconds(1))
    let page = try await exporter.scrape()
    #expect(databases(page) == ["a", "postgres"] && page.value("pg_up") == 1)
    _ = try await lock
    try await server.stop()
  }

  @Test("a lock in one costs its part alone: the others' is served")
  func locked() async throws {
    let server = try await PostgresServer.start()
    for name in ["a", "b"] {
      _ = try await server.createDatabase(name)
      try await server.psql("CREATE TABLE t (n int)", database: name)
    }
    try await server.psql("CREATE TABLE t (n int)")
    let collector = TestCollector(name: "each", limit: .milliseconds(300), scope: .eachDatabase) { _ in
      ["SELECT count(*) FROM t"]
    }
    let exporter = try InProcessExporter(
      [server.url()], [TestCollector(name: "first"), collector], arguments: ["--auto-discover-databases"])
    #expect(databases(try await exporter.scrape()) == ["a", "b", "postgres"])
    async let lock = server.psql("BEGIN; LOCK TABLE t; SELECT pg_sleep(4)", database: "a")
    try await Task.sleep(for: .seconds(1))
    let page = try await exporter.scrape()
    #expect(databases(page) == ["b", "postgres"] && page.success(of: "each") == 0 && page.value("pg_up") == 1)
    #expect(try await server.psql("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0")
    _ = try await lock
    #expect(databases(try await exporter.scrape()) == ["a", "b", "postgres"])
    try await server.stop()
  }

  @Test(
    "lists choose among those that are found",
    arguments: [
      ([], ["a", "b", "c"]), (["--include-databases=a, c,x"], ["a", "c"]), (["--exclude-databases=b"], ["a", "c"]),
      (["--include-databases=a,b", "--exclude-databases=b"], ["a"]),
    ])
  func lists(_ arguments: [String], _ expected: [String]) throws {
    let flags = try FlagValues(arguments, flags: ScrapedDatabases.flags, environment: [:])
    #expect(ScrapedDatabases(flags).chosen(from: ["a", "b", "c"]) == expected)
    #expect(!ScrapedDatabases(flags).areDiscovered)
  }

  @Test("the standard exporter's variables say the same; no more than so many are scraped")
  func environment() throws {
    let flags = try FlagValues(
      [], flags: ScrapedDatabases.flags,
      environment: ["PG_EXPORTER_AUTO_DISCOVER_DATABASES": "true", "PG_EXPORTER_EXCLUDE_DATABASES": "b"])
    #expect(ScrapedDatabases(flags).areDiscovered)
    #expect(ScrapedDatabases(flags).chosen(from: ["a", "b"]) == ["a"])
    #expect(ScrapedDatabases(flags).chosen(from: (0..<500).map { "d\($0)" }).count == ScrapedDatabases.maximumDatabases)
  }
}
