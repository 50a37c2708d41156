import CoreMetrics
import SwiftMetricsBackend
import Telemetry
import TestSupport
import Testing

@Suite("swift-metrics: names")
struct MetricNamesTests {
  @Test(
    "of counters",
    arguments: [
      ("requests", "requests_total"), ("requests_total", "requests_total"), ("http.requests", "http_requests_total"),
      ("my-counter", "my_counter_total"), ("job:total", "job_total"), ("404s", "_404s_total"), ("", "unnamed_total"),
      ("número", "n_mero_total"), ("😱", "__total"), ("a b\n", "a_b__total"), (".total", "unnamed_total"),
    ])
  func counters(label: String, name: String) { #expect(MetricNames().counter(label) == name) }

  @Test(
    "of timers: always seconds, whatever unit the label says",
    arguments: [
      ("http.request.duration", "http_request_duration_seconds"), ("wait_seconds", "wait_seconds"),
      ("query.ms", "query_seconds"), ("query_milliseconds", "query_seconds"), ("tick-ns", "tick_seconds"),
      ("items", "items_seconds"), ("", "unnamed_seconds"),
    ])
  func timers(label: String, name: String) { #expect(MetricNames().timer(label) == name) }

  @Test(
    "of dimensions",
    arguments: [
      ("method", "method"), ("http.route", "http_route"), ("__name__", "_name__"), ("___", "_"), ("le", "exported_le"),
      ("1st", "_1st"), ("", "_"), ("a:b", "a_b"),
    ])
  func dimensions(name: String, label: String) { #expect(MetricNames().dimension(name) == label) }

  @Test("kept as they are, where asked for; each page writes what its scraper understands")
  func utf8() {
    let recorded = Recorded { $0.keepsUTF8Names = true }
    recorded.counter("http.requests", [("http.route", "/")]).increment()
    #expect(recorded.page(.textUTF8).contains(#"{"http.requests_total","http.route"="/"} 1"#))
    #expect(recorded.page(.text).contains(#"http_requests_total{http_route="/"} 1"#))
    #expect(MetricNames(keepsUTF8: true).timer("query.ms") == "query_seconds")
    #expect(MetricNames(keepsUTF8: true).dimension("le") == "exported_le")
  }

  @Test("labels that become one name are one metric")
  func merged() {
    let recorded = Recorded()
    recorded.counter("http.requests").increment()
    recorded.counter("http_requests").increment()
    #expect(recorded.samples == ["http_requests_total 2"])
  }

  @Test("promtool reads the page whatever the labels are, and has nothing to say where they are sensible")
  func promtool() async throws {
    let sensible = Recorded()
    sensible.counter("http.requests", [("http.route", "/")]).increment()
    Timer(label: "http.request.duration.ms", factory: sensible.factory).recordSeconds(1)
    Gauge(label: "pool.connections", factory: sensible.factory).record(1)
    let quiet = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: sensible.page)
    #expect(quiet.status == 0, "\(quiet.standardError)")

    let any = Recorded()
    let scalars = ["", "a", "_", ":", "9", " ", "\"", "\\", "\n", "{", "}", "é", "\u{0}", "\u{1F600}"]
    let texts = scalars.flatMap { first in scalars.map { first + $0 } }
    for text in texts {
      any.counter(text, [(text, text)]).increment()
      Timer(label: text, dimensions: [(text, text)], factory: any.factory).recordSeconds(1)
      Gauge(label: text, dimensions: [(text, text)], factory: any.factory).record(1)
    }
    let read = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: any.page)
    #expect(read.status == 0, "\(read.standardError.prefix(500))")
    #expect(any.samples.count > texts.count)
  }
}
