import MetricModel
import Synchronization
import Telemetry
import TelemetryHTTP
import TestSupport
import Testing

/// The scraper that all of it is for.
@Suite("Prometheus as client", .timeLimit(.minutes(1)))
struct PrometheusTests {
  @Test("it scrapes a long page as it is made, in gzip, with every sample")
  func scrape() async throws {
    var batch = SampleBatch()
    let family = FamilyDescriptor(name: "made_total", help: "Made.", kind: .counter, labelNames: ["series"])
    for series in 0..<10_000 { batch.add(family, labelValues: ["\(series)"], Double(series) + 0.5) }
    let asked = Mutex<String?>(nil)
    let registry = Registry()
    let page = Page.metrics { [batch] request, format in
      asked.withLock { $0 = request.header("Accept-Encoding") }
      let page = registry.page(format, adding: batch)
      return PageChunks { page.next() }
    }
    try await RunningServer.with([page]) { server in
      let prometheus = try await PrometheusServer.start(
        configuration: """
          global: {scrape_interval: 1s, scrape_timeout: 1s}
          scrape_configs: [{job_name: page, static_configs: [{targets: ["127.0.0.1:\(server.port)"]}]}]
          """)
      #expect(try await value(of: "scrape_samples_scraped", from: prometheus) == "10000")
      #expect(try await value(of: "sum(made_total)", from: prometheus) == "50000000")
      try await prometheus.stop()
    }
    #expect(asked.withLock(\.self) == "gzip")
  }

  /// The first value that the expression has.
  private func value(of expression: String, from prometheus: PrometheusServer) async throws -> String? {
    while true {
      let data = try await prometheus.data(of: "/api/v1/query", ["query": expression]) as? [String: Any]
      let first = (data?["result"] as? [[String: Any]])?.first?["value"] as? [Any]
      if let value = first?.last as? String, value != "0" { return value }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}
