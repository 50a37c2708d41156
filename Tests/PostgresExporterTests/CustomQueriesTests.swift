import ExporterKit
import TestSupport
import Testing

@testable import PostgresExporter

@Suite("Custom queries")
struct CustomQueriesTests {
  private func page(_ yaml: String, _ flags: String...) async throws -> (page: Page, path: String) {
    let server = try await PostgresServer.shared()
    let directory = try TemporaryDirectory("queries")
    let path = try directory.write(yaml, to: "queries.yaml")
    let page = try await CollectorScrape.page(of: server.url(), flags: ["--extend.query-path=\(path)"] + flags)
    return (page, path)
  }

  @Test("labels, counters, gauges, mapped values, durations, discarded and unnamed columns")
  func usages() async throws {
    let (page, path) = try await page(
      """
      shop:
        query: |
          SELECT 'caja' AS kind, true AS open, 7 AS sold, 2.5::numeric AS price, 'low' AS state, '1m30s' AS age,
                 'x' AS thrown, '2000-02-29'::date AS since, 9 AS unnamed, NULL::int AS unknown, 'text' AS words
        metrics:
          - kind: {usage: LABEL, description: Kind}
          - open: {usage: LABEL, description: Open}
          - sold: {usage: COUNTER, description: "Articles sold."}
          - price: {usage: GAUGE, description: Price}
          - state: {usage: MAPPEDMETRIC, description: State, metric_mapping: {low: 3}}
          - age: {usage: DURATION, description: Age}
          - thrown: {usage: DISCARD}
          - since: {usage: GAUGE, description: Since}
          - unknown: {usage: GAUGE, description: Unknown}
      """)
    let server = try await PostgresServer.shared()
    let labels = ["kind": "caja", "open": "true", "server": "127.0.0.1:\(server.port)"]
    let values = page.values.filter { $0.key.name.hasPrefix("shop_") }
    #expect(values.keys.allSatisfy { $0.labels == labels })
    func value(_ name: String) -> Double? { values[Page.Series(name: name, labels: labels)] }
    #expect(value("shop_sold") == 7)
    #expect(page.types["shop_sold"] == "counter")
    #expect(value("shop_price") == 2.5)
    #expect(page.types["shop_price"] == "gauge")
    #expect(value("shop_state") == 3)
    #expect(value("shop_age_milliseconds") == 90_000)
    #expect(value("shop_since") == 951_782_400)
    #expect(value("shop_unnamed") == 9)
    #expect(page.types["shop_unnamed"] == "untyped")
    #expect(value("shop_unknown")?.isNaN == true)
    #expect(values.count == 7)
    #expect(page.value("pg_exporter_user_queries_load_error", ["filename": path]) == 0)
  }

  @Test("a histogram is an array of bounds and its siblings")
  func histogram() async throws {
    let (page, _) = try await page(
      """
      waits:
        query: >
          SELECT ARRAY[1, 5] AS seconds, ARRAY[2, 6]::bigint[] AS seconds_bucket, 31.5 AS seconds_sum,
                 8 AS seconds_count
        metrics:
          - seconds: {usage: HISTOGRAM, description: Waits}
      """)
    #expect(page.types["waits_seconds"] == "histogram")
    #expect(page.values("waits_seconds_bucket", by: "le") == ["1": 2, "5": 6, "+Inf": 8])
    #expect(page.value("waits_seconds_sum") == 31.5)
    #expect(page.value("waits_seconds_count") == 8)
  }

  @Test("a query that fails, is slow, lacks a label or is for other versions harms nobody else")
  func failures() async throws {
    let (page, _) = try await page(
      """
      broken: {query: SELECT nothing, metrics: [n: {usage: GAUGE}]}
      slow: {query: "SELECT pg_sleep(9), 1 AS n", timeout: 300ms, metrics: [n: {usage: GAUGE}]}
      unlabelled: {query: SELECT 1 AS n, metrics: [kind: {usage: LABEL}, n: {usage: GAUGE}]}
      older: {query: SELECT 1 AS n, runonserver: "<15.0.0", metrics: [n: {usage: GAUGE}]}
      newer: {query: SELECT 1 AS n;, runonserver: ">=15.0.0", metrics: [n: {usage: GAUGE}]}
      """)
    #expect(page.value("newer_n") == 1)
    #expect(page.success(of: "newer") == 1)
    for name in ["broken", "slow", "unlabelled"] {
      #expect(page.success(of: name) == 0, "\(name)")
      #expect(page.types["\(name)_n"] == nil, "\(name)")
    }
    #expect(page.types["older_n"] == nil)
    #expect(page.value("pg_scrape_collector_timeouts_total", ["collector": "slow"]) == 1)
    #expect(page.value("pg_exporter_user_queries_load_error") == 0)
  }

  @Test("a bad entry and a file that is not there are on the page, and the rest works")
  func loadErrors() async throws {
    let (page, _) = try await page(
      "bad: {query: SELECT 1}\ngood: {query: SELECT 1 AS n, metrics: [n: {usage: GAUGE}]}\n")
    #expect(page.value("pg_exporter_user_queries_load_error") == 1)
    #expect(page.value("good_n") == 1)
    let server = try await PostgresServer.shared()
    let none = try await CollectorScrape.page(of: server.url(), flags: ["--extend.query-path=/nothing/queries.yaml"])
    #expect(
      none.value("pg_exporter_user_queries_load_error", ["filename": "/nothing/queries.yaml", "hashsum": ""]) == 1)
    #expect(none.value("pg_up") == 1)
  }

  @Test("what a column cannot be read as is logged once, a mistake in the file with its line")
  func logged() async throws {
    let server = try await PostgresServer.shared()
    let directory = try TemporaryDirectory("queries")
    let path = try directory.write(
      """
      good: {query: "SELECT 'many' AS n", metrics: [n: {usage: GAUGE}]}
      bad:
        query: SELECT 1
        metrics: [n: {usage: GUESS}]
      """, to: "queries.yaml")
    let exporter = try InProcessExporter(
      ["DATABASE_URL": server.url(), "PG_EXPORTER_EXTEND_QUERY_PATH": path],
      arguments: ["--collector.disable-defaults", "--collector.up"])
    #expect(exporter.log.errors == 1)
    #expect(exporter.log.text.contains("bad: acá va LABEL"))
    #expect(exporter.log.text.contains("línea 4"))
    for _ in 0..<3 { #expect(try await exporter.scrape().success(of: "good") == 1) }
    #expect(exporter.log.text.split(separator: "\n").count { $0.contains("cannot be read as a number") } == 1)
    #expect(exporter.log.errors == 1)
    await exporter.main?.close()
  }

  @Test("an answer is used again within cache_seconds, and asked for anew after")
  func cached() async throws {
    let server = try await PostgresServer.shared()
    let directory = try TemporaryDirectory("queries")
    let path = try directory.write(
      """
      fresh: {query: SELECT extract(epoch FROM clock_timestamp()) AS n, metrics: [n: {usage: GAUGE}]}
      kept:
        query: SELECT extract(epoch FROM clock_timestamp()) AS n
        cache_seconds: 600
        metrics: [n: {usage: GAUGE}]
      brief:
        query: SELECT extract(epoch FROM clock_timestamp()) AS n
        cache_seconds: 1
        metrics: [n: {usage: GAUGE}]
      """, to: "queries.yaml")
    let exporter = try InProcessExporter(
      ["DATABASE_URL": server.url()],
      arguments: ["--collector.disable-defaults", "--collector.up", "--extend.query-path=\(path)"])
    let pages = [try await exporter.scrape(), try await exporter.scrape()]
    #expect(pages[0].value("kept_n") == pages[1].value("kept_n"))
    #expect(pages[0].value("fresh_n") != pages[1].value("fresh_n"))
    try await Task.sleep(for: .milliseconds(1200))
    let later = try await exporter.scrape()
    #expect(later.value("kept_n") == pages[0].value("kept_n"))
    #expect(later.value("brief_n") ?? 0 > pages[1].value("brief_n") ?? .infinity)
    await exporter.main?.close()
  }

  @Test("a query with the families of a collector replaces it; one with another's families is refused")
  func rivals() async throws {
    let server = try await PostgresServer.shared()
    let directory = try TemporaryDirectory("queries")
    let path = try directory.write(
      """
      pg_database:
        query: SELECT datname, 5 AS size_bytes FROM pg_database
        metrics: [datname: {usage: LABEL}, size_bytes: {usage: GAUGE}]
      pg_locks_count_of:
        query: SELECT 1 AS mine
        metrics: [mine: {usage: GAUGE}]
      pg_wal_size: {query: SELECT 1 AS bytes, metrics: [bytes: {usage: GAUGE}]}
      """, to: "queries.yaml")
    let page = try await CollectorScrape.page(
      "database", "database_size", "locks", "wal", of: server.url(), flags: ["--extend.query-path=\(path)"])
    #expect(page.value("pg_database_size_bytes", ["datname": "postgres"]) == 5)
    #expect(page.success(of: "database_size") == nil)
    #expect(page.success(of: "locks") == 1)
    #expect(page.value("pg_locks_count_of_mine") == 1)
    #expect(page.success(of: "pg_wal_size") == nil)
    #expect(page.value("pg_wal_size_bytes") ?? 0 > 1)
    #expect(page.value("pg_exporter_user_queries_load_error") == 1)
  }
}
