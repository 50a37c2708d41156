import ExporterKit
import TestSupport
import Testing

@testable import PostgresExporter

@Suite("Replication")
struct ReplicationTests {
  @Test("slots: active or not, what they keep, and what their WAL is worth")
  func slots() async throws {
    let server = try await PostgresServer.start(settings: ["wal_level": "logical", "max_slot_wal_keep_size": "1GB"])
    try await server.psql("SELECT pg_create_logical_replication_slot('orders', 'test_decoding')")
    try await server.psql("SELECT pg_create_physical_replication_slot('spare', true)")
    try await server.psql("SELECT pg_create_physical_replication_slot('unused')")
    let page = try await CollectorScrape.page("replication_slots", of: server.url())
    let name = "127.0.0.1:\(server.port)"
    #expect(page.values("pg_replication_slots_active", by: "slot_name") == ["orders": 0, "spare": 0, "unused": 0])
    #expect(
      page.value("pg_replication_slots_active", ["slot_name": "orders", "database": "postgres", "server": name]) == 0)
    #expect(page.value("pg_replication_slots_active", ["slot_name": "spare", "database": "", "server": name]) == 0)
    let kept = page.values("pg_replication_slots_pg_wal_lsn_diff", by: "slot_name")
    #expect(kept["orders"] ?? 0 > 0)
    #expect(kept["unused"]?.isNaN == true)
    let types = ["slot_name": "orders", "slot_type": "logical"]
    let position = try await server.psql("SELECT pg_current_wal_lsn() - '0/0'")
    #expect(page.value("pg_replication_slots_slot_current_wal_lsn", types) ?? .infinity <= Double(position) ?? 0)
    #expect(page.value("pg_replication_slots_slot_is_active", types) == 0)
    // Of an inactive slot nobody confirms anything.
    #expect(page.value("pg_replication_slots_slot_confirmed_flush_lsn", types) == nil)
    #expect(page.value("pg_replication_slots_wal_status", types.merging(["wal_status": "reserved"]) { $1 }) == 1)
    #expect(page.values("pg_replication_slots_wal_status", by: "slot_name").count == 2)
    let safe = page.value("pg_replication_slots_safe_wal_size_bytes", types) ?? 0
    #expect(safe > 0x3000_0000 && safe <= 0x4100_0000)
  }

  @Test("a standby: what the primary says of it, and what it says itself")
  func standby() async throws {
    let server = try await PostgresServer.start()
    let standby = try await StandbyServer(of: server, slot: "standby")
    try await server.psql("CREATE TABLE t AS SELECT 1 AS n")
    let primary = try await eventually {
      let page = try await CollectorScrape.page(
        "stat_replication", "replication", "replication_slots", of: server.url())
      return page.value("pg_stat_replication_pg_wal_lsn_diff") == 0 ? page : nil
    }
    let pid = try await server.psql("SELECT pid FROM pg_stat_replication")
    let labels = [
      "application_name": "walreceiver", "client_addr": "", "slot_name": pid, "state": "streaming",
      "server": "127.0.0.1:\(server.port)",
    ]
    #expect(primary.value("pg_stat_replication_pg_wal_lsn_diff", labels) == 0)
    #expect(primary.value("pg_stat_replication_pg_current_wal_lsn_bytes", labels) ?? 0 > 0)
    #expect(primary.value("pg_stat_replication_reply_time", labels) ?? 0 > 1_500_000_000)
    #expect(primary.types["pg_stat_replication_reply_time"] == "untyped")
    #expect(primary.value("pg_replication_is_replica") == 0)
    #expect(primary.value("pg_replication_lag_seconds") == 0)
    #expect(primary.value("pg_replication_last_replay_seconds") == 0)
    #expect(primary.value("pg_replication_slots_slot_is_active", ["slot_name": "standby"]) == 1)
    let page = try await CollectorScrape.page(
      "replication", "stat_wal_receiver", "xid", "xlog_location", of: standby.url)
    #expect(page.value("pg_replication_is_replica") == 1)
    #expect(page.value("pg_replication_last_replay_seconds") ?? .infinity < 60)
    let receiver = ["slot_name": "standby", "status": "streaming", "upstream_host": server.directory.path]
    #expect(page.value("pg_stat_wal_receiver_received_tli", receiver) == 1)
    #expect(page.value("pg_stat_wal_receiver_flushed_lsn", receiver) ?? 0 > 0)
    #expect(page.value("pg_stat_wal_receiver_upstream_node") == nil)
    #expect(page.value("pg_xid_current")?.isNaN == true)
    #expect(page.value("pg_xlog_location_bytes") ?? 0 > 0)
    let off = try PostgresCollectors.make(.none).filter { !$0.isDefault }.map { "--collector.\($0.name)" }
    let all = try await CollectorScrape.defaults(of: standby.url, flags: off)
    #expect(all.value("pg_exporter_last_scrape_error") == 0)
    withExtendedLifetime(standby) {}
  }
}
