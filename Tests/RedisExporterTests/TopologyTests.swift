import Redis
import TestSupport
import Testing

@testable import RedisExporter

@Suite("Sentinels and clusters, real ones")
struct TopologyTests {
  @Test("a Sentinel's masters, their replicas and their quorum")
  func sentinel() async throws {
    let master = try await RedisServer.start()
    let replica = try await RedisServer.start(["replicaof": "127.0.0.1 \(master.port)"])
    let sentinel = try await RedisServer.start(
      [
        "sentinel": "monitor stock 127.0.0.1 \(master.port) 1\ndown-after-milliseconds stock 5000\n"
          + "parallel-syncs stock 2"
      ], isSentinel: true)
    let exporter = try ExporterFixture("redis://127.0.0.1:\(sentinel.port)")
    var reading = try await exporter.scrape()
    for _ in 0..<150 where reading.value("redis_sentinel_master_slaves", "stock") != 1 {
      try await Task.sleep(for: .milliseconds(100))
      reading = try await exporter.scrape()
    }
    let address = "127.0.0.1:\(master.port)"
    #expect(reading.value("redis_up") == 1)
    #expect(reading.success(of: "sentinel") == 1)
    #expect(reading.value("redis_sentinel_masters") == 1)
    #expect(reading.value("redis_sentinel_master_status", "stock", address, "ok") == 1)
    #expect(reading.value("redis_sentinel_master_slaves", "stock", address) == 1)
    #expect(reading.value("redis_sentinel_master_ok_slaves", "stock", address) == 1)
    #expect(reading.value("redis_sentinel_master_ok_sentinels", "stock", address) == 1)
    #expect(reading.value("redis_sentinel_master_ckquorum_status", "stock") == 1)
    #expect(reading.value("redis_sentinel_master_setting_ckquorum", "stock") == 1)
    #expect(reading.value("redis_sentinel_master_setting_parallel_syncs", "stock") == 2)
    #expect(reading.value("redis_sentinel_master_setting_down_after_milliseconds", "stock") == 5000)
    #expect(reading.value("redis_exporter_last_scrape_error", "") == 0)
    await exporter.close()
    try await replica.stop()
  }

  @Test("a cluster's state, and keys on all of its masters")
  func cluster() async throws {
    let first = try await RedisServer.start(["cluster-enabled": "yes"])
    let second = try await RedisServer.start(["cluster-enabled": "yes"])
    try await first.cli("CLUSTER", "ADDSLOTSRANGE", "0", "8191")
    try await second.cli("CLUSTER", "ADDSLOTSRANGE", "8192", "16383")
    try await second.cli("CLUSTER", "SET-CONFIG-EPOCH", "2")
    try await first.cli("CLUSTER", "MEET", "127.0.0.1", "\(second.port)")
    for _ in 0..<150 {
      let states = try await [first.cli("CLUSTER", "INFO"), second.cli("CLUSTER", "INFO")]
      if states.allSatisfy({ $0.contains("cluster_state:ok") }) { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    // Source of the slots: redis-cli CLUSTER KEYSLOT: "b" is 3300, "a" 15495.
    try await first.cli("SET", "b", "1")
    try await second.cli("SET", "a", "22")
    let exporter = try ExporterFixture(
      first.url(), ["--is-cluster", "--check-keys=*", "--check-single-keys=a,b,nothing", "--count-keys=*"])
    let reading = try await exporter.scrape()
    #expect(reading.value("redis_cluster_enabled") == 1)
    #expect(reading.value("redis_cluster_state") == 1)
    #expect(reading.value("redis_cluster_slots_assigned") == 16_384)
    #expect(reading.value("redis_cluster_known_nodes") == 2)
    #expect((reading.value("redis_cluster_messages_sent_total") ?? 0) > 0)
    #expect(reading.values("redis_db_keys").count == 1)
    #expect(reading.value("redis_key_value", "db0", "a") == 22)
    #expect(reading.value("redis_key_value", "db0", "b") == 1)
    #expect(reading.value("redis_key_size", "db0", "nothing") == 0)
    #expect(reading.value("redis_keys_count", "db0", "*") == 2)
    #expect(reading.value("redis_up") == 1)
    await exporter.close()
  }

  @Test(
    "nodes that are other masters and answer",
    arguments: [
      ("07c3 127.0.0.1:30004@31004,host master - 0 1 4 connected 0-5", "127.0.0.1", 30004),
      ("07c3 ::1:30004@31004 master - 0 1 4 connected", "::1", 30004),
      ("07c3 127.0.0.1:30004@31004 myself,master - 0 1 4 connected", nil, 0),
      ("07c3 127.0.0.1:30004@31004 slave 07c4 0 1 4 connected", nil, 0),
      ("07c3 127.0.0.1:30004@31004 master,fail - 0 1 4 disconnected", nil, 0), ("07c3 :0@0 master,noaddr - 0", nil, 0),
      ("garbage", nil, 0), ("", nil, 0),
    ] as [(String, String?, Int)])
  func nodes(line: String, host: String?, port: Int) {
    #expect(ClusterNodes.otherMaster(line) == host.map { .tcp(host: $0, port: port) })
  }
}
