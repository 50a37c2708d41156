import ExporterKit
import Postgres
import TestSupport
import Testing

@Suite("stat_user_tables and its siblings")
struct StatUserTablesTests {
  @Test("rows, dead rows, scans, sizes and instants of a table are what was done to it")
  func counts() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql(
      "CREATE TABLE goods (n int PRIMARY KEY, v text) WITH (autovacuum_enabled = off)", database: database)
    try await server.psql("INSERT INTO goods SELECT g, 'x' FROM generate_series(1, 1000) AS g", database: database)
    try await server.psql("DELETE FROM goods WHERE n <= 7", database: database)
    try await server.psql("SELECT count(*) FROM goods", database: database)
    try await server.psql("SET enable_seqscan = off; SELECT v FROM goods WHERE n = 9", database: database)
    let labels = ["datname": database, "schemaname": "public", "relname": "goods"]
    // A session's counts arrive when it ends, which is after its client's end.
    let page = try await eventually {
      let page = try await CollectorScrape.page(
        "stat_user_tables", "statio_user_tables", "stat_user_indexes", "statio_user_indexes",
        of: server.url(database: database))
      return page.value("pg_stat_user_tables_idx_scan", labels) == 1 ? page : nil
    }
    func value(_ name: String) -> Double? { page.value("pg_stat_user_tables_" + name, labels) }
    #expect(value("n_tup_ins") == 1000)
    #expect(value("n_tup_del") == 7)
    #expect(value("n_dead_tup") == 7)
    #expect(value("n_live_tup") == 993)
    #expect(value("n_mod_since_analyze") == 1007)
    #expect(value("seq_tup_read") ?? 0 >= 993)
    #expect(value("last_vacuum") == 0)
    #expect(value("vacuum_count") == 0)
    let sizes = try await server.psql(
      "SELECT pg_table_size('goods') || ' ' || pg_indexes_size('goods')", database: database)
    #expect(sizes == "\(Int(value("table_size_bytes") ?? 0)) \(Int(value("index_size_bytes") ?? 0))")
    #expect(page.value("pg_stat_user_tables_beyond_limit", ["datname": database]) == 0)
    #expect(page.value("pg_statio_user_tables_heap_blocks_hit", labels) ?? 0 > 0)
    let index = labels.merging(["indexrelname": "goods_pkey"]) { $1 }
    #expect(page.value("pg_stat_user_indexes_idx_scans_total", index) ?? 0 >= 1)
    #expect(page.value("pg_statio_user_indexes_idx_blks_hit_total", index) ?? 0 > 0)
    try await server.psql("VACUUM goods", database: database)
    let after = try await eventually {
      let page = try await CollectorScrape.page("stat_user_tables", of: server.url(database: database))
      return page.value("pg_stat_user_tables_vacuum_count", labels) == 1 ? page : nil
    }
    #expect(after.value("pg_stat_user_tables_n_dead_tup", labels) == 0)
    #expect(after.value("pg_stat_user_tables_vacuum_count", labels) == 1)
    #expect(after.value("pg_stat_user_tables_last_vacuum", labels) ?? 0 > 1_500_000_000)
  }

  @Test("of many tables the largest are exported and the others counted")
  func limit() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    for (name, rows) in [("small", 1), ("large", 20_000), ("medium", 3_000)] {
      try await server.psql(
        "CREATE TABLE \(name) AS SELECT repeat('x', 100) FROM generate_series(1, \(rows))", database: database)
    }
    try await server.psql("ANALYZE", database: database)
    let page = try await CollectorScrape.page(
      "stat_user_tables", "statio_user_tables", of: server.url(database: database),
      flags: ["--collector.stat_user_tables.limit=2"])
    #expect(page.values("pg_stat_user_tables_n_live_tup", by: "relname") == ["large": 20_000, "medium": 3_000])
    #expect(Set(page.values("pg_statio_user_tables_heap_blocks_hit", by: "relname").keys) == ["large", "medium"])
    #expect(page.value("pg_stat_user_tables_beyond_limit", ["datname": database]) == 1)
  }

  @Test("a table that somebody holds exclusively has no sizes, and nobody waits for it")
  func exclusiveLock() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql("CREATE TABLE held (n int); CREATE TABLE free (n int)", database: database)
    let session = try await HeldSession.open(server, database, "BEGIN; LOCK TABLE held IN ACCESS EXCLUSIVE MODE")
    let (page, time) = try await timed {
      try await CollectorScrape.page("stat_user_tables", of: server.url(database: database))
    }
    #expect(time < .seconds(4))
    #expect(page.success(of: "stat_user_tables") == 1)
    #expect(page.values("pg_stat_user_tables_table_size_bytes", by: "relname") == ["free": 0])
    #expect(page.values("pg_stat_user_tables_n_live_tup", by: "relname") == ["free": 0, "held": 0])
    await session.close()
  }

  @Test("that there are more tables than are exported is logged once for each database")
  func overflow() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    let another = try await server.createDatabase()
    for name in [database, another] {
      try await server.psql("CREATE TABLE a (n int); CREATE TABLE b (n int)", database: name)
    }
    let exporter = try InProcessExporter(
      ["DATABASE_URL": server.url(database: database)],
      arguments: [
        "--collector.stat_user_tables.limit=1", "--auto-discover-databases", "--include-databases=\(another)",
      ])
    for _ in 0..<3 {
      let beyond = try await exporter.scrape().values("pg_stat_user_tables_beyond_limit", by: "datname")
      #expect(beyond == [database: 1, another: 1])
    }
    let lines = exporter.log.text.split(separator: "\n").filter { $0.contains("more tables than are exported") }
    #expect(lines.count == 2)
    for name in [database, another] { #expect(lines.contains { $0.contains(name) }) }
    await exporter.main?.close()
  }
}
