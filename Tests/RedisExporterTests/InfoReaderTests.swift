import ExporterKit
import MetricModel
import Telemetry
import Testing

@testable import RedisExporter

@Suite("InfoReader")
struct InfoReaderTests {
  private static func read(_ text: String, databases: Int = 2) -> Reading {
    var reading = RedisReading()
    let reader = InfoReader(InfoTable(InfoField.all), databases: databases)
    Array(text.replacing("\n", with: "\r\n").utf8).withUnsafeBytes {
      reader.read(Bytes($0), at: 1_700_000_000.75, into: &reading)
    }
    return Reading(reading.batch)
  }

  @Test("fields are families, words are numbers, and what is neither is left out")
  func fields() {
    let reading = Self.read(
      """
      # Server
      redis_version:7.0.15
      uptime_in_seconds:86400
      hz:10
      # Persistence
      loading:0
      rdb_last_bgsave_status:ok
      aof_last_write_status:err
      # Stats
      latest_fork_usec:1500
      expired_stale_perc:0.25
      total_net_input_bytes:18446744073709551615
      instantaneous_ops_per_sec:7
      used_memory_human:8.54M
      """)
    #expect(reading.value("redis_uptime_in_seconds") == 86_400)
    #expect(reading.value("redis_start_time_seconds") == 1_699_913_600)
    #expect(reading.value("redis_hz") == 10)
    #expect(reading.value("redis_loading_dump_file") == 0)
    #expect(reading.value("redis_rdb_last_bgsave_status") == 1)
    #expect(reading.value("redis_aof_last_write_status") == 0)
    #expect(reading.value("redis_latest_fork_seconds") == 0.0015)
    #expect(reading.value("redis_expired_stale_percentage") == 0.25)
    #expect(reading.value("redis_net_input_bytes_total") == 0x1p64)
    #expect(!reading.names.contains { $0.contains("instantaneous") || $0.contains("human") })
  }

  @Test("commands, percentiles and errors")
  func commands() {
    let reading = Self.read(
      """
      # Commandstats
      cmdstat_config|get:calls=4,usec=250000,usec_per_call=62.5,rejected_calls=2,failed_calls=1
      cmdstat_old:calls=21,usec=175,usec_per_call=8.33
      cmdstat_broken:calls=x,usec=1
      # Latencystats
      latency_percentiles_usec_config|get:p50=8.031,p99=27.007,p99.9=28
      latency_percentiles_usec_unknown:p50=1
      # Errorstats
      errorstat_WRONGTYPE:count=3
      errorstat_ERR:number=3
      """)
    #expect(reading.value("redis_commands_total", "config|get") == 4)
    #expect(reading.value("redis_commands_duration_seconds_total", "config|get") == 0.25)
    #expect(reading.value("redis_commands_rejected_calls_total", "config|get") == 2)
    #expect(reading.value("redis_commands_failed_calls_total", "config|get") == 1)
    #expect(reading.value("redis_commands_total", "old") == 21)
    #expect(reading.values("redis_commands_failed_calls_total").count == 1)
    #expect(reading.values("redis_commands_total").count == 2)
    let summary = reading.distribution("redis_latency_percentiles_usec", "config|get")
    #expect(summary?.count == 4 && summary?.sum == 250_000)
    #expect(summary?.points == [.init(at: 50, 8.031), .init(at: 99, 27.007), .init(at: 99.9, 28)])
    #expect(reading.distribution("redis_latency_percentiles_usec", "unknown") == nil)
    #expect(reading.values("redis_errors_total", "WRONGTYPE") == [3])
    #expect(reading.values("redis_errors_total").count == 1)
  }

  @Test("databases, the empty ones and those of KeyDB and of newer versions")
  func keyspace() {
    let reading = Self.read(
      """
      # Keyspace
      db0:keys=5,expires=2,avg_ttl=1500
      db3:keys=1,expires=0,avg_ttl=0,cached_keys=9
      db4:keys=7,expires=0,avg_ttl=0,subexpiry=1
      db5:keys=,expires=0
      """, databases: 5)
    #expect(reading.values("redis_db_keys", "db0") == [5])
    #expect(reading.values("redis_db_keys", "db1") == [0])
    #expect(reading.values("redis_db_keys").count == 5)
    #expect(reading.values("redis_db_keys_expiring", "db0") == [2])
    #expect(reading.value("redis_db_avg_ttl_seconds", "db0") == 1.5)
    #expect(reading.values("redis_db_avg_ttl_seconds").count == 3)
    #expect(reading.values("redis_db_keys_cached") == [9])
  }

  @Test("a master's replicas and a replica's master, with numbered masters as KeyDB has them")
  func replication() {
    let master = Self.read(
      """
      # Replication
      role:master
      connected_slaves:2
      slave0:ip=10.0.0.1,port=6379,state=online,offset=1751844676,lag=1
      slave1:ip=10.0.0.2,port=6380,state=wait_bgsave,offset=0
      master_repl_offset:1751844700
      """)
    #expect(master.value("redis_connected_slave_offset_bytes", "10.0.0.1", "6379", "online") == 1_751_844_676)
    #expect(master.value("redis_connected_slave_lag_seconds", "10.0.0.1") == 1)
    #expect(master.value("redis_connected_slave_lag_seconds", "10.0.0.2") == nil)
    #expect(master.value("redis_master_repl_offset") == 1_751_844_700)
    #expect(master.value("redis_connected_slaves") == 2)
    #expect(!master.names.contains("redis_slave_info"))
    let replica = Self.read(
      """
      # Replication
      role:slave
      master_host:10.0.0.9
      master_port:6379
      master_link_status:up
      master_last_io_seconds_ago:3
      master_sync_in_progress:0
      slave_repl_offset:77
      slave_read_only:1
      slave_priority:100
      master_1_host:10.0.0.8
      master_1_port:6378
      master_1_link_status:down
      """)
    #expect(replica.value("redis_master_link_up", "10.0.0.9", "6379") == 1)
    #expect(replica.value("redis_master_link_up", "10.0.0.8", "6378") == 0)
    #expect(replica.value("redis_master_last_io_seconds_ago", "10.0.0.9") == 3)
    #expect(replica.value("redis_slave_repl_offset", "10.0.0.9") == 77)
    #expect(replica.value("redis_slave_priority") == 100)
    #expect(replica.labelValues("redis_slave_info").first?.last == "1")
  }

  @Test("what the instance is")
  func identity() {
    let reading = Self.read(
      """
      # Server
      redis_version:7.0.15
      redis_build_id:abc
      redis_mode:standalone
      os:Linux 6.1 x86_64
      process_id:42
      run_id:f0ce
      tcp_port:6379
      # Memory
      maxmemory_policy:noeviction
      # Replication
      role:master
      """)
    #expect(
      reading.labelValues("redis_instance_info") == [
        ["master", "7.0.15", "abc", "standalone", "Linux 6.1 x86_64", "noeviction", "6379", "f0ce", "42"]
      ])
  }

  @Test("a Sentinel's masters")
  func sentinel() {
    let reading = Self.read(
      """
      # Sentinel
      sentinel_masters:2
      sentinel_tilt:0
      master0:name=stock,status=ok,address=10.0.0.1:6379,slaves=2,sentinels=3
      master1:name=sales,status=sdown,address=10.0.0.2:6379,slaves=0,sentinels=1
      """)
    #expect(reading.value("redis_sentinel_masters") == 2)
    #expect(reading.value("redis_sentinel_master_status", "stock", "10.0.0.1:6379", "ok") == 1)
    #expect(reading.value("redis_sentinel_master_status", "sales", "sdown") == 0)
    #expect(reading.value("redis_sentinel_master_slaves", "stock") == 2)
    #expect(reading.value("redis_sentinel_master_sentinels", "stock") == 3)
  }

  @Test("cut anywhere, or made of anything, it harms only itself")
  func robustness() {
    let text = "# Server\nuptime_in_seconds:86400\n# Commandstats\ncmdstat_get:calls=4,usec=2\n# Keyspace\ndb0:keys=1,"
    for end in 0...text.utf8.count {
      _ = Self.read(String(decoding: text.utf8.prefix(end), as: UTF8.self))
    }
    for line in [
      ":", "a:", "#", "# ", "# Replication\nslave:", "# Replication\nslave0:=,=", "# Sentinel\nmaster0:", "\n\n",
    ] {
      _ = Self.read(line)
    }
  }

  @Test("every field is found, and its neighbours are not", arguments: InfoField.all.map(\.name))
  func table(name: String) {
    let table = InfoTable(InfoField.all)
    func find(_ text: String) -> String? { Array(text.utf8).withUnsafeBytes { table[Bytes($0)]?.name } }
    #expect(find(name) == name)
    #expect(find(name + "_") == nil)
    #expect(find("") == nil)
  }

  @Test("no field is declared twice")
  func unique() { #expect(Set(InfoField.all.map(\.name)).count == InfoField.all.count) }
}
