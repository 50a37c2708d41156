import Foundation
import TestSupport
import Testing

@testable import RedisExporter

/// The Debian exporter (redis_exporter 1.45.0) beside ours, on one real server.
@Suite("Parity with the standard exporter")
struct ParityTests {
  private static let peer = "/usr/bin/prometheus-redis-exporter"
  /// What ours calls as the contract has it.
  private static let ownNames: Set<String> = ["redis_exporter_build_info"]
  /// What the two scrapes themselves move, or the clock.
  private static var moving: Regex<Substring> {
    /redis_(?:allocator_.*|commands_.*|connections_received_total|cpu_.*|exporter_.*|latency_percentiles_.*|mem_.*|memory_used.*|net_.*|total_(?:reads|writes)_processed|db_avg_ttl_seconds|uptime_in_seconds|client_recent.*|start_time_seconds|connected_clients|slowlog_.*|last_slow.*)/
  }

  private static func series(_ text: String) -> (types: [String: String], values: [String: Double]) {
    var types: [String: String] = [:]
    var values: [String: Double] = [:]
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# TYPE redis_") {
        let words = line.split(separator: " ")
        types[String(words[2])] = String(words[3])
      } else if line.hasPrefix("redis_"), let match = line.wholeMatch(of: /(\w+)(?:\{(.*)\})? (\S+)/) {
        let labels = (match.2 ?? "").matches(of: /(\w+)="((?:[^"\\]|\\.)*)"/).map { "\($0.1)=\($0.2)" }.sorted()
        values["\(match.1){\(labels.joined(separator: ","))}"] = Double(match.3)
      }
    }
    return (types, values)
  }

  @Test("every family of theirs, with its type, labels and values")
  func sideBySide() async throws {
    let server = try await RedisServer.start([
      "latency-monitor-threshold": "1", "slowlog-log-slower-than": "1000", "maxmemory": "100mb",
    ])
    for database in [0, 3, 9] { try await server.cli("DEBUG", "POPULATE", "500", database: database) }
    try await server.cli("EXPIRE", "key:1", "1000", database: 3)
    try await server.cli("DEBUG", "SLEEP", "0.02")
    for words in [["GET", "nothing"], ["FOO"], ["SET", "s", "1"], ["LPUSH", "s", "x"], ["PFADD", "h", "a"]] {
      _ = try await Subprocess.run(["/usr/bin/redis-cli", "-p", "\(server.port)"] + words)
    }
    let replica = try await RedisServer.start(["replicaof": "127.0.0.1 \(server.port)"])
    for target in [server, replica] {
      let directory = try TemporaryDirectory("peer")
      let port = try FreePorts.next()
      let peer = try await ServerProcess(
        "peer", [Self.peer, "-redis.addr", target.url(), "-web.listen-address", "127.0.0.1:\(port)"], in: directory)
      let client = HTTPClient("http://127.0.0.1:\(port)")
      try await client.wait(for: "/metrics")
      let ours = try ExporterFixture(target.url())
      // Each has asked everything once before they are held against each other.
      _ = try await ours.scrape()
      _ = try await client.send("GET", "/metrics")
      let mine = Self.series(try await ours.scrape().text)
      let theirs = Self.series(try await client.send("GET", "/metrics").text)
      for (name, type) in theirs.types where !Self.ownNames.contains(name) {
        #expect(mine.types[name] == type, "\(name)")
      }
      #expect(theirs.types.count > 120)
      for (series, value) in theirs.values {
        let name = String(series.prefix { $0 != "{" })
        if Self.ownNames.contains(name) { continue }
        let ourValue = try #require(mine.values[series], "\(series)")
        if name.wholeMatch(of: Self.moving) != nil { continue }
        #expect(ourValue == value, "\(series): ours \(ourValue), theirs \(value)")
      }
      await ours.close()
      try await peer.stop()
    }
  }
}
