import TestSupport
import Testing

@testable import RedisExporter

@Suite("Keys, on a real server")
struct KeyTests {
  private static func server() async throws -> RedisServer {
    let server = try await RedisServer.start()
    try await server.cli("SET", "stock:1", "42.5", database: 2)
    try await server.cli("SET", "stock:2", "agotado", database: 2)
    try await server.cli("RPUSH", "queue", "a", "b", "c")
    try await server.cli("PFADD", "visitors", "a", "b")
    try await server.cli("HSET", "h", "f", "1", "g", "2")
    try await server.cli("EVAL", "redis.call('SET', 'large', string.rep('7', 2000))", "0")
    try await server.cli("XADD", "sales", "1700000000123-0", "a", "1")
    try await server.cli("XADD", "sales", "1700000000456-0", "a", "2")
    try await server.cli("XGROUP", "CREATE", "sales", "books", "0")
    try await server.cli("XREADGROUP", "GROUP", "books", "ana", "COUNT", "1", "STREAMS", "sales", ">")
    return server
  }

  @Test("single keys, in several databases, fresh at every scrape")
  func single() async throws {
    let server = try await Self.server()
    let exporter = try ExporterFixture(
      server.url(), ["--check-single-keys=db2=stock:1,db2=stock:2,queue,visitors,h,large,nothing,db99=a"])
    var reading = try await exporter.scrape()
    #expect(reading.value("redis_key_value", "db2", "stock:1") == 42.5)
    #expect(reading.value("redis_key_value_as_string", "db2", "stock:2", "agotado") == 1)
    #expect(reading.value("redis_key_size", "db2", "stock:2") == 7)
    #expect(reading.value("redis_key_size", "db0", "queue") == 3)
    #expect(reading.value("redis_key_size", "db0", "visitors") == 2)
    #expect(reading.value("redis_key_size", "db0", "h") == 2)
    #expect(reading.value("redis_key_size", "db0", "large") == 2000)
    #expect(reading.value("redis_key_value", "db0", "large") == nil)
    #expect(reading.value("redis_key_size", "db0", "nothing") == 0)
    #expect((reading.value("redis_key_memory_usage_bytes", "db0", "queue") ?? 0) > 10)
    // There are sixteen databases; what is behind a refused SELECT is not taken from another.
    #expect(reading.value("redis_key_size", "db99", "a") == nil)
    try await server.cli("RPUSH", "queue", "d")
    reading = try await exporter.scrape()
    #expect(reading.value("redis_key_size", "db0", "queue") == 4)
    // No key was asked for by what it is not.
    #expect(reading.values("redis_errors_total", "WRONGTYPE") == [])
    await exporter.close()
  }

  @Test("values are not exported where the flag says so")
  func withoutValues() async throws {
    let server = try await Self.server()
    let exporter = try ExporterFixture(
      server.url(), ["--check-single-keys=db2=stock:1,visitors", "--disable-exporting-key-values"])
    let reading = try await exporter.scrape()
    #expect(reading.value("redis_key_size", "db2", "stock:1") == 4)
    #expect(reading.value("redis_key_size", "db0", "visitors") == 2)
    #expect(!reading.names.contains("redis_key_value"))
    await exporter.close()
  }

  @Test("streams with their groups and consumers; identifiers are milliseconds")
  func streams() async throws {
    let server = try await Self.server()
    let exporter = try ExporterFixture(server.url(), ["--check-single-streams=sales,nothing"])
    let reading = try await exporter.scrape()
    #expect(reading.value("redis_stream_length", "db0", "sales") == 2)
    #expect(reading.value("redis_stream_first_entry_id", "sales") == 1_700_000_000_123)
    #expect(reading.value("redis_stream_last_entry_id", "sales") == 1_700_000_000_456)
    #expect(reading.value("redis_stream_last_generated_id", "sales") == 1_700_000_000_456)
    #expect(reading.value("redis_stream_max_deleted_entry_id", "sales") == 0)
    #expect(reading.value("redis_stream_groups", "sales") == 1)
    #expect(reading.value("redis_stream_group_consumers", "sales", "books") == 1)
    #expect(reading.value("redis_stream_group_messages_pending", "sales", "books") == 1)
    #expect(reading.value("redis_stream_group_lag", "sales", "books") == 1)
    #expect(reading.value("redis_stream_group_last_delivered_id", "sales", "books") == 1_700_000_000_123)
    #expect(reading.value("redis_stream_group_consumer_messages_pending", "sales", "books", "ana") == 1)
    #expect((reading.value("redis_stream_group_consumer_idle_seconds", "sales", "books", "ana") ?? -1) >= 0)
    #expect(reading.labelValues("redis_stream_length").count == 1)
    await exporter.close()
  }

  @Test("50,000 keys are scanned for in the background, and no scrape waits for it")
  func scan() async throws {
    let server = try await Self.server()
    for database in 0..<5 { try await server.cli("DEBUG", "POPULATE", "10000", "item", database: database) }
    let exporter = try ExporterFixture(
      server.url(),
      [
        "--check-keys=db2=stock:*,db0=queue", "--count-keys=db0=item:*,db4=item:9*,db7=*",
        "--check-key-groups=^(item):,^(s)", "--max-distinct-key-groups=1", "--check-streams=sal*",
      ])
    var reading = try await exporter.scrape()
    for _ in 0..<100 where !reading.names.contains("redis_exporter_key_scan_age_seconds") {
      try await Task.sleep(for: .milliseconds(50))
      reading = try await exporter.scrape()
    }
    #expect(reading.value("redis_exporter_key_scan_complete") == 1)
    #expect(reading.value("redis_key_value", "db2", "stock:1") == 42.5)
    #expect(reading.value("redis_key_size", "db0", "queue") == 3)
    #expect(reading.value("redis_keys_count", "db0", "item:*") == 10_000)
    // item:9, item:90–99, item:900–999, item:9000–9999
    #expect(reading.value("redis_keys_count", "db4", "item:9*") == 1111)
    #expect(reading.value("redis_keys_count", "db7", "*") == 0)
    #expect(reading.value("redis_stream_length", "db0", "sales") == 2)
    #expect(reading.value("redis_key_group_count", "db1", "item") == 10_000)
    // database 0 has item, s and unclassified: one is shown, the rest together
    #expect(reading.value("redis_number_of_distinct_key_groups", "db0") == 3)
    #expect(reading.value("redis_key_group_count", "db0", "item") == 10_000)
    #expect(reading.value("redis_key_group_count", "db0", "overflow") == 5)
    #expect((reading.value("redis_last_key_groups_scrape_duration_milliseconds") ?? 0) > 0)
    let (second, took) = try await timed { try await exporter.scrape() }
    #expect((second.value("redis_exporter_key_scan_age_seconds") ?? 0) > 0)
    #expect(took < .milliseconds(500))
    await exporter.close()
    #expect(try await server.cli("INFO", "commandstats").contains("cmdstat_keys") == false)
  }

  @Test("a key with any name and bytes is exported as it is")
  func names() async throws {
    let server = try await RedisServer.start()
    try await server.cli("SET", "a b\"c\\d", "x\"y\n")
    let exporter = try ExporterFixture(server.url(), ["--check-keys=*"])
    let reading = try await exporter.scrape()
    #expect(reading.labelValues("redis_key_value_as_string") == [["db0", "a b\"c\\d", "x\"y\n"]])
    await exporter.close()
  }
}
