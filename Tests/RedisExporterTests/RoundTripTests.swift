import Telemetry
import TestSupport
import Testing

@testable import RedisExporter

@Suite("Collectors that share a round trip")
struct RoundTripTests {
  /// What a session asks first: INFO server and CONFIG GET databases.
  private static let opening: RespondingPeer.Turn = [
    (
      .zero,
      RespondingPeer.bulk("redis_version:7.0.15\r\nredis_mode:standalone\r\n")
        + "*2\r\n\(RespondingPeer.bulk("databases"))\(RespondingPeer.bulk("2"))"
    )
  ]
  private static let info = RespondingPeer.bulk(
    "# Server\r\nuptime_in_seconds:7\r\n# Commandstats\r\ncmdstat_get:calls=4,usec=90,usec_per_call=22.5\r\n")
  private static let config = "*2\r\n\(RespondingPeer.bulk("maxclients"))\(RespondingPeer.bulk("77"))"
  private static let slowlog = ":3\r\n*0\r\n"
  /// LATENCY LATEST, then LATENCY HISTOGRAM: two calls of GET, both below 16 µs.
  private static let latencies =
    "*0\r\n*2\r\n\(RespondingPeer.bulk("get"))*4\r\n\(RespondingPeer.bulk("calls")):2\r\n"
    + "\(RespondingPeer.bulk("histogram_usec"))*2\r\n:16\r\n:2\r\n"

  private static func exporter(_ peer: RespondingPeer) throws -> ExporterFixture {
    // Without a name nothing is sent before the session's own questions.
    try ExporterFixture("redis://127.0.0.1:\(peer.port)", ["--set-client-name=false"])
  }

  private static func seconds(_ reading: Reading, _ collector: String) -> Double {
    reading.value("redis_scrape_collector_duration_seconds", collector) ?? -1
  }

  @Test("each says what it took: from the end of the replies before to its own, and nothing where it asks nothing")
  func durations() async throws {
    let peer = try RespondingPeer([
      Self.opening,
      [
        (.zero, Self.info), (.milliseconds(800), Self.config), (.milliseconds(1600), Self.slowlog),
        (.zero, Self.latencies),
      ],
    ])
    let exporter = try Self.exporter(peer)
    let reading = try await exporter.scrape()
    for collector in ["info", "config", "slowlog", "latency_events", "latency_histogram"] {
      #expect(reading.success(of: collector) == 1, "\(collector)")
    }
    #expect((0..<0.75).contains(Self.seconds(reading, "info")))
    #expect((0.3..<1.5).contains(Self.seconds(reading, "config")))
    #expect((0.9..<2.3).contains(Self.seconds(reading, "slowlog")))
    #expect((0..<0.75).contains(Self.seconds(reading, "latency_events")))
    #expect((0..<0.75).contains(Self.seconds(reading, "latency_histogram")))
    #expect(Self.seconds(reading, "cluster") == 0)
    #expect(Self.seconds(reading, "sentinel") < 0.75)
    #expect(reading.value("redis_uptime_in_seconds") == 7)
    #expect(reading.value("redis_config_maxclients") == 77)
    #expect(reading.value("redis_slowlog_length") == 3)
    await exporter.close()
  }

  @Test("the statistics of commands are asked once, and the sums of the histogram are theirs")
  func sums() async throws {
    // INFO commandstats would be answered by nobody.
    let peer = try RespondingPeer([
      Self.opening, [(.zero, Self.info + Self.config + Self.slowlog + Self.latencies)],
    ])
    let exporter = try Self.exporter(peer)
    let reading = try await exporter.scrape()
    let histogram = try #require(reading.distribution("redis_commands_latencies_usec", "get"))
    #expect(histogram.sum == 90 && histogram.count == 2)
    // INFO, CONFIG GET, SLOWLOG LEN and GET, LATENCY LATEST and HISTOGRAM; and Sentinel's reading counts as one.
    #expect(reading.value("redis_exporter_target_queries_total") == 7)
    await exporter.close()
  }

  @Test("without INFO the histogram asks for its sums itself")
  func sumsAlone() async throws {
    let server = try await RedisServer.start()
    try await server.cli("DEBUG", "SLEEP", "0.02")
    let exporter = try ExporterFixture(server.url(), ["--no-collector.info"])
    let reading = try await exporter.scrape()
    let histogram = try #require(reading.distribution("redis_commands_latencies_usec", "debug"))
    #expect(histogram.sum >= 20_000)
    #expect(!reading.names.contains("redis_commands_total"))
    await exporter.close()
  }

  @Test("one that exceeds its limit fails, and the later ones; the earlier ones are served, and the connection ends")
  func limit() async throws {
    let peer = try RespondingPeer([Self.opening, [(.zero, Self.info), (.milliseconds(1000), Self.config)]])
    let exporter = try Self.exporter(peer)
    let (reading, took) = try await timed { try await exporter.scrape() }
    #expect(reading.value("redis_up") == 1)
    #expect(reading.success(of: "info") == 1)
    #expect(reading.success(of: "config") == 1)
    for collector in ["slowlog", "latency_events", "latency_histogram"] {
      #expect(reading.success(of: collector) == 0, "\(collector)")
    }
    #expect(reading.value("redis_scrape_collector_timeouts_total", "slowlog") == 1)
    #expect(reading.value("redis_scrape_collector_timeouts_total", "config") == 0)
    #expect((0.5..<2.5).contains(Self.seconds(reading, "config")))
    #expect((1.5..<6).contains(Self.seconds(reading, "slowlog")))
    #expect((0..<0.75).contains(Self.seconds(reading, "latency_events")))
    #expect((.milliseconds(3800)..<Duration.seconds(9)).contains(took))
    await exporter.close()
  }
}
