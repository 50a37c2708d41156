import Foundation
import TestSupport
import Testing
import Topology

@testable import Render

/// A target that says too much costs itself, and is seen; what our processes say is far from it.
struct ScrapeLimitTests {
  private func value(_ server: PrometheusServer, _ query: String) async throws -> Double? {
    let data = try await server.data(of: "/api/v1/query", ["query": query]) as? [String: Any]
    let sample = (data?["result"] as? [[String: Any]])?.first?["value"] as? [Any]
    return (sample?.last as? String).flatMap { Double($0) }
  }

  private func wait(
    _ server: PrometheusServer, for query: String, until holds: (Double) -> Bool
  ) async throws -> Double? {
    let end = ContinuousClock.now + .seconds(30)
    while .now < end {
      if let value = try await value(server, query), holds(value) { return value }
      try await Task.sleep(for: .milliseconds(200))
    }
    return try await value(server, query)
  }

  /// The limit of our own rendering: one sample under it is taken, one over it refuses the scrape.
  @Test func aTargetOverItsLimitIsRefusedAndCounted() async throws {
    let limit = ScrapeLimits.of(Platform.redisExporter).samples
    let pages = try await ScrapeTarget([
      "under": ScrapeTarget.page(samples: limit), "over": ScrapeTarget.page(samples: limit + 1),
    ])
    let jobs = ["under", "over"].map {
      """
      - job_name: \($0)
        metrics_path: /\($0)
        sample_limit: \(limit)
        static_configs: [{targets: ['\(pages.target)']}]

      """
    }.joined()
    let server = try await PrometheusServer.start(
      configuration: "global: {scrape_interval: 500ms, scrape_timeout: 400ms}\nscrape_configs:\n" + jobs)
    #expect(try await wait(server, for: "up{job='under'}") { $0 == 1 } == 1)
    #expect(try await wait(server, for: "up{job='over'}") { $0 == 0 } == 0)
    #expect(try await value(server, "count(test_samples{job='over'})") == nil)
    #expect(try await value(server, "count(test_samples{job='under'})") == Double(limit))
    let page = try await HTTPClient(server.url).send("GET", "/metrics").text
    let line = page.split(separator: "\n").first {
      $0.hasPrefix("prometheus_target_scrapes_exceeded_sample_limit_total ")
    }
    #expect(try #require(line?.split(separator: " ").last.flatMap { Double($0) }) >= 1)
    try await server.stop()
  }

  /// What each process of ours exports on a fresh platform, under the bounds of its job.
  private func expect(_ process: PlatformProcess, page: String) {
    let limits = ScrapeLimits.of(process)
    let samples = page.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(samples.count > 50 && samples.count * ScrapeLimits.margin <= limits.samples, "\(samples.count)")
    #expect(page.utf8.count * ScrapeLimits.margin <= limits.bodyMebibytes << 20)
    for sample in samples {
      let labels = sample.matches(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/)
      // The scrape adds the job and the instance.
      #expect(labels.count + 2 <= limits.labels)
      for label in labels {
        #expect(label.1.utf8.count <= limits.labelNameBytes / 2 && label.2.utf8.count <= limits.labelValueBytes / 2)
      }
    }
  }

  @Test func nodeExporterIsFarFromItsLimits() async throws {
    let exporter = try await RunningExporter("node-exporter")
    expect(Platform.nodeExporter, page: try await exporter.send("GET", "/metrics").text)
  }

  @Test func redisExporterIsFarFromItsLimits() async throws {
    let redis = try await RedisServer.start()
    let exporter = try await RunningExporter(
      "redis-exporter", environment: ["REDIS_URL": "redis://127.0.0.1:\(redis.port)"])
    expect(Platform.redisExporter, page: try await exporter.send("GET", "/metrics").text)
    try await redis.stop()
  }

  @Test func prometheusIsFarFromItsLimits() async throws {
    let server = try await PrometheusServer.start()
    expect(Platform.prometheus, page: try await HTTPClient(server.url).send("GET", "/metrics").text)
    try await server.stop()
  }

  /// A replica too many is better than none at all: the limit of a pool refuses the whole pool.
  @Test func anUpdateFitsIntoTheTargets() {
    for process in Platform.processes { #expect(ScrapeLimits.of(process).targets >= 2) }
  }
}
