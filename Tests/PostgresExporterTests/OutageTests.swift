import TestSupport
import Testing

/// What Prometheus sees while PostgreSQL is away, stopped or locked. Each test has a server of its own.
@Suite("Outages")
struct OutageTests {
  @Test("starts before its database, says so once, and is up as soon as the database is")
  func startsFirst() async throws {
    let server = try await PostgresServer.start()
    try await server.stop()
    let exporter = try await ExporterFixture(server.url())
    for _ in 0..<5 {
      let (page, time) = try await timed { try await exporter.scrape() }
      #expect(page.value("pg_up") == 0)
      #expect(time < .seconds(5))
    }
    #expect(try exporter.logLines("error").count == 1)
    try await server.start()
    try await exporter.waitUntilUp()
    #expect(try await exporter.scrape().success(of: "settings") == 1)
    #expect(try exporter.logLines("error").count == 1)
    #expect(try exporter.logLines("notice").count == 1)
  }

  @Test("a restarted or crashed server is up at the next scrape")
  func restart() async throws {
    let server = try await PostgresServer.start()
    let exporter = try await ExporterFixture(server.url())
    #expect(try await exporter.scrape().value("pg_up") == 1)
    try await server.stop()
    try await server.start()
    #expect(try await exporter.scrape().value("pg_up") == 1)
    try await server.kill()
    #expect(try await exporter.scrape().value("pg_up") == 0)
    try await server.start()
    try await exporter.waitUntilUp()
  }

  @Test("a stopped server gives pg_up 0 within the scrape's limit, again and again, and recovers")
  func stopped() async throws {
    let server = try await PostgresServer.start()
    let exporter = try await ExporterFixture(server.url())
    #expect(try await exporter.scrape().value("pg_up") == 1)
    server.pause()
    for seconds in [3.0, 1.0, 3.0] {
      let (page, time) = try await timed { try await exporter.scrape(within: seconds) }
      #expect(page.value("pg_up") == 0)
      #expect(page.value("pg_scrape_collector_duration_seconds", ["collector": "up"]) ?? 0 > 0)
      #expect(time < .seconds(seconds))
    }
    server.resume()
    try await exporter.waitUntilUp()
    #expect(try exporter.logLines("error").count <= 2)
  }

  @Test("a listener that never answers is no better")
  func blackHole() async throws {
    let hole = try FreePorts.blackHole()
    let exporter = try await ExporterFixture("postgresql://u:geheimes-wort@127.0.0.1:\(hole.port)/db")
    let (page, time) = try await timed { try await exporter.scrape(within: 2) }
    #expect(page.value("pg_up") == 0)
    #expect(time < .seconds(2))
  }

  @Test("a lock costs the collector that needs the table, nobody else, and leaves nothing behind")
  func lock() async throws {
    let server = try await PostgresServer.start()
    let exporter = try await ExporterFixture(server.url())
    #expect(try await exporter.scrape().value("pg_up") == 1)
    async let locked = server.psql(
      "BEGIN; LOCK TABLE pg_database IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4); COMMIT")
    try await Task.sleep(for: .seconds(1))
    let (page, time) = try await timed { try await exporter.scrape(within: 2) }
    #expect(time < .seconds(2))
    #expect(page.value("pg_up") == 1)
    #expect(page.success(of: "stat_database") == 0)
    #expect(page.success(of: "settings") == 1)
    #expect(page.value("pg_scrape_collector_timeouts_total", ["collector": "stat_database"]) == 1)
    _ = try await locked
    let left = try await server.psql(
      """
      SELECT count(*) FILTER (WHERE state = 'active'), count(*) FROM pg_stat_activity
      WHERE application_name = 'postgres-exporter'
      """)
    #expect(left == "0|1")
    #expect(try await server.psql("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0")
    #expect(try await exporter.scrape().success(of: "stat_database") == 1)
  }

  @Test("a wrong password is an outage with a name, and nowhere to be read")
  func wrongPassword() async throws {
    let server = try await PostgresServer.shared()
    let exporter = try await ExporterFixture(server.url(password: "geheimes-wort"))
    for _ in 0..<3 { #expect(try await exporter.scrape().value("pg_up") == 0) }
    let errors = try exporter.logLines("error")
    #expect(errors.count == 1)
    #expect(errors.first?.contains("28P01") == true)
    #expect(try !exporter.log().contains("geheimes-wort"))
  }
}
