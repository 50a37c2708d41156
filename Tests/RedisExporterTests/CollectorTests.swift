import ExporterKit
import MetricModel
import Telemetry
import TestSupport
import Testing

@testable import RedisExporter

@Suite("Collectors, on a real server")
struct CollectorTests {
  @Test("the configuration is exported on demand, and its secrets never", arguments: [true, false])
  func configuration(redacts: Bool) async throws {
    let server = try await RedisServer.start(
      [
        "masterauth": "hunter3", "tls-key-file-pass": "hunter4", "maxmemory": "1048576", "masteruser": "replicator",
        "client-output-buffer-limit": "pubsub 32mb 8mb 61",
      ], password: "hunter2")
    let exporter = try ExporterFixture(
      server.url(password: "hunter2"),
      ["--include-config-metrics", redacts ? "--redact-config-metrics" : "--redact-config-metrics=false"])
    let reading = try await exporter.scrape()
    #expect(!reading.text.contains("hunter"))
    #expect(reading.value("redis_config_key_value", "maxmemory", "1048576") == 1)
    #expect(reading.value("redis_config_value", "maxmemory") == 1_048_576)
    #expect(reading.value("redis_config_key_value", "masteruser", "replicator") == 1)
    #expect(reading.value("redis_config_key_value", "tls-auth-clients") == 1)
    #expect(reading.value("redis_config_maxmemory") == 1_048_576)
    #expect(reading.value("redis_config_client_output_buffer_limit_bytes", "pubsub", "hard") == 33_554_432)
    #expect(reading.value("redis_config_client_output_buffer_limit_bytes", "pubsub", "soft") == 8_388_608)
    #expect(reading.value("redis_config_client_output_buffer_limit_overcome_seconds", "pubsub", "soft") == 61)
    await exporter.close()
  }

  @Test("names of secrets", arguments: ["requirepass", "masterauth", "tls-key-file-pass", "X-Password", "api-token"])
  func secretNames(name: String) { #expect(ConfigCollector.isSecret(name)) }

  @Test(
    "names of no secrets", arguments: ["tls-auth-clients", "bind", "masteruser", "acl-pubsub-default", "appendonly"])
  func plainNames(name: String) { #expect(!ConfigCollector.isSecret(name)) }

  @Test("slow commands, latency events and histograms")
  func slowness() async throws {
    let server = try await RedisServer.start([
      "latency-monitor-threshold": "10", "slowlog-log-slower-than": "10000",
    ])
    let exporter = try ExporterFixture(server.url())
    var reading = try await exporter.scrape()
    #expect(reading.value("redis_slowlog_length") == 0)
    #expect(reading.value("redis_slowlog_last_id") == 0)
    #expect(reading.values("redis_latency_spike_last") == [])
    for _ in 0..<2 { try await server.cli("DEBUG", "SLEEP", "0.05") }
    reading = try await exporter.scrape()
    #expect(reading.value("redis_slowlog_length") == 2)
    #expect(reading.value("redis_slowlog_last_id") == 1)
    #expect((0.05..<1).contains(reading.value("redis_last_slow_execution_duration_seconds") ?? 0))
    #expect((0.05..<1).contains(reading.value("redis_latency_spike_duration_seconds", "command") ?? 0))
    #expect((reading.value("redis_latency_spike_last", "command") ?? 0) > 1_700_000_000)
    let histogram = try #require(reading.distribution("redis_commands_latencies_usec", "debug"))
    #expect(histogram.count == 2)
    #expect(histogram.sum >= 100_000)
    #expect(histogram.points.last?.value == 2)
    #expect((histogram.points.last?.at ?? 0) >= 50_000)
    await exporter.close()
    let without = try ExporterFixture(server.url(), ["--exclude-latency-histogram-metrics"])
    #expect(try await !without.scrape().names.contains("redis_commands_latencies_usec"))
    await without.close()
  }

  @Test("1,000 clients, each with its own series, within the scrape's limit")
  func clients() async throws {
    let server = try await RedisServer.start(["maxclients": "1100"])
    let holders = try (0..<1000).map { _ in try RawConnection(port: server.port) }
    let exporter = try ExporterFixture(server.url(), ["--export-client-list", "--export-client-port"])
    var reading = try await exporter.scrape()
    for _ in 0..<50 where reading.values("redis_connected_client_info").count <= 1000 {
      try await Task.sleep(for: .milliseconds(20))
      reading = try await exporter.scrape()
    }
    #expect(reading.values("redis_connected_client_info").count == 1001)
    let labels = try #require(
      reading.batch.families.first { $0.descriptor.name == "redis_connected_client_info" }?.descriptor.labelNames)
    #expect(labels == ["id", "name", "flags", "db", "host", "port", "user", "resp"])
    #expect(reading.value("redis_connected_client_info", "redis_exporter", "127.0.0.1", "default", "2") == 1)
    #expect(reading.values("redis_connected_client_created_at_timestamp").allSatisfy { $0 > 1_700_000_000 })
    #expect(reading.values("redis_connected_client_total_memory_consumed_bytes").count == 1001)
    let (_, took) = try await timed { try await exporter.scrape() }
    #expect(took < .seconds(2))
    withExtendedLifetime(holders) {}
    await exporter.close()
  }

  @Test("scripts return names and numbers; what they do wrong harms themselves alone")
  func scripts() async throws {
    let server = try await RedisServer.start()
    let directory = try TemporaryDirectory("lua")
    let good = try directory.write("return {'stock', '12.5', 'orders', 3}", to: "good.lua")
    let empty = try directory.write("return {}", to: "empty.lua")
    let wrong = try directory.write("return {'stock', 'many'}", to: "wrong.lua")
    let broken = try directory.write("return redis.call('NOTHING')", to: "broken.lua")
    let exporter = try ExporterFixture(server.url(), ["--script=\(good),\(empty),\(wrong),\(broken)"])
    let reading = try await exporter.scrape()
    #expect(reading.value("redis_script_values", "stock", good) == 12.5)
    #expect(reading.value("redis_script_values", "orders", good) == 3)
    #expect(reading.values("redis_script_values").count == 2)
    for (file, result) in [(good, 1.0), (empty, 2), (wrong, 0), (broken, 0)] {
      #expect(reading.value("redis_script_result", file) == result)
    }
    await exporter.close()
    #expect(throws: FlagMistake.self) { try ExporterFixture(server.url(), ["--script=\(directory.file("none"))"]) }
  }

  @Test("another namespace renames every family, and changes nothing else")
  func namespace() async throws {
    let server = try await RedisServer.start()
    let exporter = try ExporterFixture(server.url(), ["--namespace=cache", "--ping-on-connect"])
    let reading = try await exporter.scrape()
    #expect(reading.names.allSatisfy { $0.hasPrefix("cache_") })
    #expect(reading.value("cache_up") == 1)
    #expect(reading.value("cache_memory_used_bytes") != nil)
    #expect((reading.value("cache_exporter_last_scrape_ping_time_seconds") ?? 0) > 0)
    await exporter.close()
  }

  @Test("the machine's memory is there on demand alone")
  func system() async throws {
    let server = try await RedisServer.start()
    for (flags, isThere) in [([], false), (["--include-system-metrics"], true)] as [([String], Bool)] {
      let exporter = try ExporterFixture(server.url(), flags)
      #expect(try await exporter.scrape().names.contains("redis_total_system_memory_bytes") == isThere)
      await exporter.close()
    }
  }

  @Test("one selected collector is asked alone, and an address may come from our own variable")
  func selection() async throws {
    let server = try await RedisServer.start()
    let exporter = try ExporterFixture(server.url())
    let main = try #require(exporter.main)
    let reading = Reading(
      try await main.scrape(ScrapeRequest(ScrapeBudget(header: nil), collectors: ["slowlog"])))
    #expect(reading.value("redis_up") == 1)
    #expect(reading.value("redis_slowlog_length") == 0)
    #expect(!reading.names.contains("redis_memory_used_bytes"))
    await exporter.close()
  }
}
