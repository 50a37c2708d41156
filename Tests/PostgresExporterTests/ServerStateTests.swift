import TestSupport
import Testing

@Suite("stat_bgwriter, stat_archiver, wal, postmaster, xid, xlog_location")
struct ServerStateTests {
  @Test("checkpoints and segments are counted, starts and positions are the server's")
  func facts() async throws {
    let server = try await PostgresServer.start(settings: ["archive_mode": "on", "archive_command": "/bin/true"])
    try await server.psql("CHECKPOINT")
    try await server.psql("SELECT pg_switch_wal() FROM (SELECT txid_current()) AS written")
    _ = try await eventually {
      let archived = try await server.psql("SELECT archived_count FROM pg_stat_archiver")
      return archived == "0" ? nil : true
    }
    let page = try await CollectorScrape.page(
      "stat_bgwriter", "stat_archiver", "wal", "postmaster", "xid", "xlog_location", of: server.url())
    let name = ["server": "127.0.0.1:\(server.port)"]
    let requested = try await server.psql("SELECT checkpoints_req FROM pg_stat_bgwriter")
    #expect(page.value("pg_stat_bgwriter_checkpoints_req_total", name) == Double(requested))
    #expect(page.types["pg_stat_bgwriter_checkpoints_req_total"] == "counter")
    #expect(page.value("pg_stat_bgwriter_stats_reset_total", name) ?? 0 > 1_500_000_000)
    let archived = try await server.psql("SELECT archived_count FROM pg_stat_archiver")
    #expect(page.value("pg_stat_archiver_archived_count", name) == Double(archived))
    #expect(page.value("pg_stat_archiver_failed_count", name) == 0)
    #expect(page.value("pg_stat_archiver_last_archive_age", name) ?? .infinity < 60)
    let segments = try await server.psql("SELECT count(*) FROM pg_ls_waldir() WHERE name !~ '[.]'")
    #expect(page.value("pg_wal_segments") == Double(segments))
    #expect(page.value("pg_wal_size_bytes") == (Double(segments) ?? 0) * 16 * 1024 * 1024)
    let start = try await server.psql("SELECT extract(epoch FROM pg_postmaster_start_time())")
    #expect(page.value("pg_postmaster_start_time_seconds") == Double(start))
    let next = try await server.psql("SELECT pg_snapshot_xmax(pg_current_snapshot())")
    #expect(page.value("pg_xid_current") ?? .infinity <= Double(next) ?? 0)
    #expect(page.value("pg_xid_current") ?? 0 > 700)
    #expect(page.value("pg_xlog_location_bytes") ?? 0 > 16_777_216)
  }

  @Test("what a server of this version does not have has no series and is no error")
  func absent() async throws {
    let server = try await PostgresServer.shared()
    let page = try await CollectorScrape.page(
      "stat_checkpointer", "stat_io", "buffercache_summary", of: server.url())
    #expect(!page.types.keys.contains { $0.hasPrefix("pg_stat_checkpointer_") || $0.hasPrefix("pg_stat_io_") })
    #expect(page.value("pg_exporter_last_scrape_error") == 0)
  }

  @Test("a worker of autovacuum is there with its table")
  func autovacuum() async throws {
    let server = try await PostgresServer.start(settings: [
      "autovacuum_naptime": "1s", "autovacuum_vacuum_cost_delay": "100ms", "autovacuum_vacuum_cost_limit": "1",
    ])
    try await server.psql(
      "CREATE TABLE worn AS SELECT g AS n, repeat('x', 200) AS v FROM generate_series(1, 20000) AS g")
    try await server.psql("DELETE FROM worn")
    let started = try await eventually {
      try await CollectorScrape.page("stat_activity_autovacuum", of: server.url())
        .value("pg_stat_activity_autovacuum_timestamp_seconds", ["relname": "worn"])
    }
    #expect(started > 1_500_000_000)
  }
}
