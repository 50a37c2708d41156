import Postgres
import TestSupport
import Testing

@testable import PostgresExporter

@Suite("stat_statements")
struct StatStatementsTests {
  private static let names = ["calls", "seconds", "rows", "block_read_seconds", "block_write_seconds"]

  private func server() async throws -> PostgresServer {
    let server = try await PostgresServer.start(settings: ["shared_preload_libraries": "pg_stat_statements"])
    try await server.psql("CREATE EXTENSION pg_stat_statements")
    try await server.psql("CREATE TABLE goods AS SELECT generate_series(1, 10) AS n")
    return server
  }

  @Test("a statement is counted under its number, without its text")
  func counted() async throws {
    let server = try await server()
    for _ in 0..<3 { try await server.psql("SELECT n AS secret_column FROM goods") }
    let number = try await server.psql(
      "SELECT queryid FROM pg_stat_statements WHERE query LIKE '%secret\\_column%' AND query NOT LIKE '%queryid%'")
    let page = try await CollectorScrape.page("stat_statements", of: server.url())
    let labels = ["queryid": number, "user": "postgres", "datname": "postgres"]
    #expect(page.value("pg_stat_statements_calls_total", labels) == 3)
    #expect(page.value("pg_stat_statements_rows_total", labels) == 30)
    for name in Self.names { #expect(page.value("pg_stat_statements_\(name)_total", labels) != nil, "\(name)") }
    #expect(page.values("pg_stat_statements_query_id", by: "query") == [:])
    #expect(page.value("pg_stat_statements_others") == 0)
    let texts = try await CollectorScrape.page(
      "stat_statements", of: server.url(),
      flags: ["--collector.stat_statements.include_query", "--collector.stat_statements.query_length=24"])
    #expect(texts.value("pg_stat_statements_query_id", ["queryid": number, "query": "SELECT n AS secret_colum"]) == 1)
  }

  @Test("those beyond the limit are summed; the sum and the listed ones are all")
  func others() async throws {
    let server = try await server()
    for column in ["n", "n + 1", "n, n", "n, n, n", "n = 1"] {
      try await server.psql("SELECT \(column) FROM goods")
    }
    try await server.psql("SELECT pg_sleep(0.3)")
    let page = try await CollectorScrape.page(
      "stat_statements", of: server.url(), flags: ["--collector.stat_statements.limit=1"])
    #expect(page.values("pg_stat_statements_calls_total", by: "queryid").count == 1)
    #expect(page.value("pg_stat_statements_seconds_total") ?? 0 >= 0.3)
    let known = try await server.psql("SELECT count(*) FROM pg_stat_statements")
    let others = page.value("pg_stat_statements_others") ?? 0
    // The scrape's own statement and this one came after.
    #expect(others >= 6 && others < Double(known) ?? 0)
    #expect(page.value("pg_stat_statements_others_calls") ?? 0 >= others)
    #expect(page.value("pg_stat_statements_others_rows") ?? 0 >= 50)
    #expect(page.value("pg_stat_statements_others_seconds") ?? 0 > 0)
  }

  @Test("databases and roles can be left out")
  func excluded() async throws {
    let server = try await server()
    let database = try await server.createDatabase("it's".filter(\.isLetter))
    try await server.psql("SELECT 1", database: database)
    let all = try await CollectorScrape.page("stat_statements", of: server.url())
    #expect(all.values("pg_stat_statements_calls_total", by: "datname")[database] != nil)
    let page = try await CollectorScrape.page(
      "stat_statements", of: server.url(),
      flags: ["--collector.stat_statements.exclude_databases= postgres , o'brien"])
    #expect(Set(page.values("pg_stat_statements_calls_total", by: "datname").keys) == [database])
    let none = try await CollectorScrape.page(
      "stat_statements", of: server.url(), flags: ["--collector.stat_statements.exclude_users=postgres"])
    #expect(none.values("pg_stat_statements_calls_total", by: "queryid") == [:])
  }

  @Test("the columns are chosen by the extension's version, which an upgrade of the server leaves behind")
  func versions() throws {
    func sql(_ version: String) -> String? {
      var server = ServerFacts(version: 170_000, database: "d")
      server.extensions["pg_stat_statements"] = .init(schema: "my \"ext", version: version)
      return StatStatementsCollector(options: .init()).statements(for: server).first?.sql
    }
    #expect(sql("1.10")?.contains(" blk_read_time AS") == true)
    #expect(sql("1.11")?.contains(" shared_blk_read_time AS") == true)
    #expect(sql("2.0")?.contains(" shared_blk_read_time AS") == true)
    #expect(sql("1.8")?.contains("FROM \"my \"\"ext\".pg_stat_statements(false)") == true)
    #expect(StatStatementsCollector(options: .init()).statements(for: .init(version: 170_000, database: "d")) == [])
  }
}
