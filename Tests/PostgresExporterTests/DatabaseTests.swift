import TestSupport
import Testing

@Suite("database, database_size, database_wraparound, roles")
struct DatabaseTests {
  @Test("limits, sizes and ages are the catalogue's")
  func facts() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let role = "limited_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("ALTER DATABASE \(database) CONNECTION LIMIT 17")
    try await server.psql("CREATE ROLE \(role) CONNECTION LIMIT 5")
    let page = try await CollectorScrape.page(
      "database", "database_size", "database_wraparound", "roles", of: server.url())
    #expect(page.value("pg_database_connection_limit", ["datname": database]) == 17)
    #expect(page.value("pg_database_connection_limit", ["datname": "postgres"]) == -1)
    #expect(page.value("pg_roles_connection_limit", ["rolname": role]) == 5)
    let size = try await server.psql("SELECT pg_database_size('\(database)')")
    let labels = ["datname": database, "server": "127.0.0.1:\(server.port)"]
    #expect(page.value("pg_database_size_bytes", labels) == Double(size))
    let age = try await server.psql("SELECT age(datfrozenxid) FROM pg_database WHERE datname = '\(database)'")
    let exported = page.value("pg_database_wraparound_age_datfrozenxid_seconds", ["datname": database]) ?? 0
    #expect(exported > 0 && exported <= Double(age) ?? 0)
    #expect(page.value("pg_database_wraparound_age_datminmxid_seconds", ["datname": database]) == 0)
    #expect(page.value("pg_database_wraparound_age_datfrozenxid_seconds", ["datname": "template0"]) == nil)
  }

  @Test("turning database off turns the sizes off, as the standard exporter does")
  func turnedOff() async throws {
    let server = try await PostgresServer.shared()
    let page = try await CollectorScrape.defaults(of: server.url(), flags: ["--no-collector.database"])
    #expect(page.success(of: "database") == nil)
    #expect(page.success(of: "database_size") == nil)
    #expect(page.success(of: "stat_database") == 1)
  }

  @Test("a role without rights sees the sizes of what it may connect to, and only what it may not see fails")
  func withoutRights() async throws {
    let server = try await PostgresServer.shared()
    let hidden = try await server.createDatabase()
    try await server.psql("REVOKE CONNECT ON DATABASE \(hidden) FROM PUBLIC")
    let role = "stranger_\(UInt32.random(in: 0...UInt32.max))"
    try await server.psql("CREATE ROLE \(role) LOGIN PASSWORD 'x'")
    let page = try await CollectorScrape.defaults(of: server.url(user: role, password: "x"))
    let sizes = page.values("pg_database_size_bytes", by: "datname")
    #expect(sizes["postgres"] ?? 0 > 1_000_000)
    #expect(sizes[hidden] == nil)
    #expect(page.value("pg_database_connection_limit", ["datname": hidden]) == -1)
    let failed = page.values("pg_scrape_collector_success", by: "collector").filter { $0.value == 0 }
    #expect(Set(failed.keys) == ["wal"])
  }
}
