import Postgres
import TestSupport
import Testing

@Suite("Work in progress")
struct StatProgressTests {
  @Test("a VACUUM that runs shows its phase and its blocks")
  func vacuum() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql(
      """
      CREATE TABLE worn WITH (autovacuum_enabled = off) AS
      SELECT g AS n, repeat('x', 200) AS v FROM generate_series(1, 20000) AS g
      """, database: database)
    try await server.psql("DELETE FROM worn WHERE n % 2 = 0", database: database)
    let blocks = try await server.psql(
      "SELECT pg_relation_size('worn') / current_setting('block_size')::int", database: database)
    let session = try await HeldSession.open(
      server, database, "SET vacuum_cost_delay = 100", "SET vacuum_cost_limit = 1")
    let vacuum = Task { try await session.execute(script: "VACUUM worn", deadline: .now + .seconds(60)) }
    let page = try await eventually {
      let page = try await CollectorScrape.page("stat_progress_vacuum", of: server.url(database: database))
      let current = page.value("pg_stat_progress_vacuum_phase", ["relname": "worn", "phase": "scanning heap"])
      return current == 1 ? page : nil
    }
    let labels = ["datname": database, "relname": "worn"]
    let phases = page.values.filter { $0.key.name == "pg_stat_progress_vacuum_phase" }
    #expect(phases.count { $0.key.labels["relname"] == "worn" } == 7)
    #expect(phases.filter { $0.key.labels["relname"] == "worn" }.values.reduce(0, +) == 1)
    #expect(page.value("pg_stat_progress_vacuum_heap_blks", labels) == Double(blocks))
    #expect(page.value("pg_stat_progress_vacuum_heap_blks_scanned", labels) ?? .infinity < Double(blocks) ?? 0)
    #expect(page.value("pg_stat_progress_vacuum_index_vacuums", labels) == 0)
    #expect(page.value("pg_stat_progress_vacuum_max_dead_tuples", labels) ?? 0 > 0)
    // Of another database the catalogue would give a wrong name.
    let number = try await server.psql("SELECT 'worn'::regclass::oid", database: database)
    let elsewhere = try await CollectorScrape.page("stat_progress_vacuum", of: server.url())
    #expect(
      elsewhere.value("pg_stat_progress_vacuum_heap_blks", ["datname": database, "relname": number])
        == Double(blocks))
    vacuum.cancel()
    _ = try? await vacuum.value
    await session.close()
  }

  @Test("an index that waits for a writer shows whom it waits for")
  func createIndex() async throws {
    let server = try await PostgresServer.shared()
    let database = try await server.createDatabase()
    try await server.psql("CREATE TABLE busy (n int)", database: database)
    let writer = try await HeldSession.open(server, database, "BEGIN; INSERT INTO busy VALUES (1)")
    let builder = try await HeldSession.open(server, database)
    let build = Task {
      try await builder.execute(
        script: "CREATE INDEX CONCURRENTLY busy_n ON busy (n)", deadline: .now + .seconds(60))
    }
    let page = try await eventually {
      let page = try await CollectorScrape.page("stat_progress_create_index", of: server.url(database: database))
      return page.value("pg_stat_progress_create_index_lockers") == 1 ? page : nil
    }
    let labels = ["datname": database, "relname": "busy", "indexrelname": "busy_n"]
    #expect(page.value("pg_stat_progress_create_index_lockers", labels) == 1)
    #expect(page.value("pg_stat_progress_create_index_lockers_done", labels) == 0)
    #expect(
      page.value(
        "pg_stat_progress_create_index_phase", labels.merging(["phase": "waiting for writers before build"]) { $1 })
        == 1)
    await writer.close()
    _ = try await build.value
    await builder.close()
  }
}
