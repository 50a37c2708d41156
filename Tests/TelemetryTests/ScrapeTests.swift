import Foundation
import Logging
import MetricModel
import Synchronization
import Telemetry
import TelemetryHTTP
import TestSupport
import Testing

/// A real Prometheus scrapes our pages, and answers what we ask it about them.
@Suite("Scraped by Prometheus", .timeLimit(.minutes(5)))
struct ScrapeTests {
  /// Serves a registry, and a Prometheus that scrapes it every 200 ms.
  private static func scraping(
    _ registry: Registry, features: String, _ body: (PrometheusServer) async throws -> Void
  ) async throws {
    let port = try FreePorts.next()
    let server = PageServer(
      address: "127.0.0.1", port: port, pages: [Page.metrics { _, format in registry.expose(format) }],
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { try await server.run() }
    defer { running.cancel() }
    let prometheus = try await PrometheusServer.start(
      configuration: """
        scrape_configs:
          - job_name: ours
            scrape_interval: 200ms
            scrape_timeout: 200ms
            static_configs: [{targets: ["127.0.0.1:\(port)"]}]
        """, features: features)
    try await body(prometheus)
    try await prometheus.stop()
  }

  /// The value of a query's only series, once it has one.
  private static func value(_ query: String, of prometheus: PrometheusServer) async throws -> Double {
    let end = ContinuousClock.now + .seconds(30)
    while true {
      let data = try await prometheus.data(of: "/api/v1/query", ["query": query]) as? [String: Any]
      let series = data?["result"] as? [[String: Any]] ?? []
      if series.count == 1, let value = (series[0]["value"] as? [Any])?.last as? String, let number = Double(value) {
        return number
      }
      guard .now < end else { throw TestSupportError("\(query): \(series.count) series") }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  private struct Distribution {
    let name: String
    let values: [Double]
  }

  private static func distributions() -> [Distribution] {
    var random = SeededGenerator(for: "distributions")
    func normal() -> Double {
      let (u, v) = (Double.random(in: .ulpOfOne...1, using: &random), Double.random(in: 0...1, using: &random))
      return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
    }
    return [
      Distribution(name: "lognormal", values: (0..<20_000).map { _ in 0.05 * exp(normal()) }),
      Distribution(
        name: "bimodal", values: (0..<20_000).map { ($0 % 3 == 0 ? 8 : 0.002) * exp(normal() / 8) }),
      Distribution(name: "constant", values: [Double](repeating: 0.3, count: 20_000)),
    ]
  }

  @Test("quantiles of native histograms are right within their resolution", arguments: [1, 3, 5])
  func quantiles(schema: Int) async throws {
    let registry = Registry()
    let distributions = Self.distributions()
    for distribution in distributions {
      let family = Family<Histogram, NoLabels>(
        "\(distribution.name)_seconds", "Drawn.", unit: .seconds,
        native: NativeBuckets(schema: schema, maximumBuckets: 1_000))
      let histogram = registry.histogram(family)
      for value in distribution.values { histogram.observe(value) }
    }
    try await Self.scraping(registry, features: "native-histograms") { prometheus in
      for distribution in distributions {
        let name = "\(distribution.name)_seconds"
        #expect(try await Self.value("histogram_count(\(name))", of: prometheus) == 20_000)
        let sum = distribution.values.reduce(0, +)
        #expect(abs(try await Self.value("histogram_sum(\(name))", of: prometheus) / sum - 1) < 1e-12)
        let sorted = distribution.values.sorted()
        for quantile in [0.01, 0.25, 0.5, 0.9, 0.99, 0.999] {
          let exact = sorted[Int((quantile * 20_000).rounded(.up)) - 1]
          let answer = try await Self.value("histogram_quantile(\(quantile), \(name))", of: prometheus)
          // Both lie in one bucket, whose bounds differ by this factor.
          let factor = exp2(exp2(-Double(schema)))
          #expect(answer / exact <= factor && exact / answer <= factor, "\(name) \(quantile): \(answer) for \(exact)")
        }
      }
    }
  }

  @Test(
    "as protobuf Prometheus reads every kind as it does from text",
    arguments: ["native-histograms", "exemplar-storage"])
  func kinds(features: String) async throws {
    let registry = Registry()
    registry.counter(Families.paints).add(3, .red)
    registry.gauge(Families.temperature).set(-12.75)
    registry.upDown(Family<UpDown, NoLabels>("jobs_in_flight", "Jobs.")).add(-4)
    registry.info(Families.build).set(Named("a \"quoted\" \\ name\nin two lines"))
    let classic = registry.histogram(Families.waits)
    for value in [0.05, 0.25, 7] { classic.observe(value, exemplar: .random()) }
    registry.register(Reading { $0.add(Families.settings, Named("none"), .infinity) })
    try await Self.scraping(registry, features: features) { prometheus in
      let expected: KeyValuePairs = [
        "paints_total{colour=\"red\"}": 3, "paints_total{colour=\"green\"}": 0, "temperature": -12.75,
        "jobs_in_flight": -4, "mixer_build_info{name=\"a \\\"quoted\\\" \\\\ name\\nin two lines\"}": 1,
        "mixer_setting": Double.infinity, "wait_seconds_bucket{le=\"0.25\"}": 2,
        "wait_seconds_bucket{le=\"+Inf\"}": 3, "wait_seconds_sum": 7.3, "wait_seconds_count": 3,
      ]
      for (query, expected) in expected {
        let value = try await Self.value(query, of: prometheus)
        #expect(value == expected, "\(query)")
      }
    }
  }

  @Test("Prometheus stores the exemplars", arguments: ["exemplar-storage", "exemplar-storage,native-histograms"])
  func exemplars(features: String) async throws {
    let registry = Registry()
    let trace = TraceContext.random()
    registry.histogram(Families.waits).observe(0.2, exemplar: trace)
    try await Self.scraping(registry, features: features) { prometheus in
      _ = try await Self.value("wait_seconds_count", of: prometheus)
      let now = Date().timeIntervalSince1970
      let data =
        try await prometheus.data(
          of: "/api/v1/query_exemplars",
          ["query": "wait_seconds_bucket", "start": "\(now - 120)", "end": "\(now + 120)"]) as? [[String: Any]]
      let exemplars = data?.first?["exemplars"] as? [[String: Any]]
      let labels = exemplars?.first?["labels"] as? [String: String]
      #expect(labels == ["trace_id": trace.traceID, "span_id": trace.spanID])
      #expect(exemplars?.first?["value"] as? String == "0.2")
    }
  }
}
