import Catalog
import MetricModel
import PromQL
import TestSupport
import Testing

/// What is built against what Prometheus reads; the oracle is Prometheus itself.
struct RenderingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let expression: InstantVector
    let text: String
    var testDescription: String { text }
    init(_ expression: some Vector, _ text: String) { (self.expression, self.text) = (expression.vector, text) }
  }

  private static let byJob = max(PG.up, by: .job)

  static let selections = [
    Case(PG.up, "pg_up"),
    Case(PG.up(.job, .is(JobLabel("a"))), #"pg_up{job="a"}"#),
    Case(PG.up(.job, .isNot(JobLabel("a")))(.instance, .matches("b.*")), #"pg_up{instance=~"b.*",job!="a"}"#),
    Case(PG.up(.job, .isOneOf([JobLabel("a.b"), JobLabel("c")])), #"pg_up{job=~"a\\.b|c"}"#),
    Case(PG.up(.job, .isNoneOf([JobLabel("a"), JobLabel("c")])), #"pg_up{job!~"a|c"}"#),
    Case(PG.up(.job, .is(JobLabel("\"\\\n"))), #"pg_up{job="\"\\\n"}"#),
    Case(HTTP.requests(\.status, .is(.created)), #"http_requests_total{status="201"}"#),
    Case(HTTP.requests(\.method, .is(MethodLabel("GET"))), #"http_requests_total{method="GET"}"#),
    Case(
      HTTP.requests(\.status, .satisfying { $0.code >= 500 }), #"http_requests_total{status=~"500|502|503|504"}"#),
    Case(Logs.messages(\.self, .is(.error)), #"log_messages_total{level="error"}"#),
  ]

  static let functions = [
    Case(rate(HTTP.requests[5.m]), "rate(http_requests_total[5m])"),
    Case(increase(HTTP.requests[90.s]), "increase(http_requests_total[1m30s])"),
    Case(rate(HTTP.duration.count[1.h]), "rate(http_request_duration_seconds_count[1h])"),
    Case(rate(HTTP.duration.sum[1.h]), "rate(http_request_duration_seconds_sum[1h])"),
    Case(
      rate(HTTP.duration.bucket(upTo: 0.3)[1.h]), #"rate(http_request_duration_seconds_bucket{le="0.3"}[1h])"#),
    Case(sumOverTime(Prometheus.up[1.h]), "sum_over_time(up[1h])"),
    Case(avgOverTime(Prometheus.up[7.d]) * 100, "avg_over_time(up[1w]) * 100"),
    Case(lastOverTime(PG.up[2.m]), "last_over_time(pg_up[2m])"),
    Case(absent(PG.up(.job, .is(JobLabel("a")))), #"absent(pg_up{job="a"})"#),
    Case(sum(PG.up), "sum(pg_up)"),
    Case(topk(5, PG.up), "topk(5, pg_up)"),
    Case(abs(PG.up), "abs(pg_up)"),
    Case(clampMin(PG.up - 1, 0), "clamp_min(pg_up - 1, 0)"),
    Case(changes(PG.up[10.m]), "changes(pg_up[10m])"),
    Case(countOverTime(PG.up[10.m]), "count_over_time(pg_up[10m])"),
    Case(vector(1), "vector(1)"),
    Case(Scalar.time - PG.up, "time() - pg_up"),
    Case(PG.up.selection.offset(1.d), "pg_up offset 1d"),
    Case(rate(HTTP.requests.selection.offset(1.h)[5.m]), "rate(http_requests_total[5m] offset 1h)"),
    Case(PG.up * PG.up.on(.job, groupLeft: [.instance]), "pg_up * on (job) group_left (instance) pg_up"),
    Case(
      2 * InstantVector(verbatim: "quantile(0.9, pg_up)", asking: [PG.up.descriptor], labels: []),
      "2 * (quantile(0.9, pg_up))"),
    Case(round(PG.up), "round(pg_up)"),
    Case(count(PG.up, by: .job, .instance), "count by (job, instance) (pg_up)"),
    Case(avg(PG.up, by: LabelName(JobLabel.self)), "avg by (job) (pg_up)"),
    Case(
      histogramQuantile(0.95, sum(rate(HTTP.duration[5.m]), by: .job)),
      "histogram_quantile(0.95, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))"),
    Case(lastOverTime(HTTP.requests[10.m]), "last_over_time(http_requests_total[10m])"),
    Case(minOverTime(HTTP.requests[10.m]), "min_over_time(http_requests_total[10m])"),
    Case(
      labelReplace(PG.up, .job, with: "$1_\"$2", from: .instance, matching: #"(.+)\.(.+)"#),
      #"label_replace(pg_up, "job", "$1_\"$2", "instance", "(.+)\\.(.+)")"#),
    Case(
      histogramQuantile(0.5, increase(HTTP.duration[1.d])),
      "histogram_quantile(0.5, increase(http_request_duration_seconds_bucket[1d]))"),
  ]

  /// Left, right, tighter, looser: where parentheses must stand, and where they must not.
  static let precedence = [
    Case(PG.up + PG.up * PG.up, "pg_up + pg_up * pg_up"),
    Case((PG.up + PG.up) * PG.up, "(pg_up + pg_up) * pg_up"),
    Case(PG.up - (PG.up - PG.up), "pg_up - (pg_up - pg_up)"),
    Case(PG.up - PG.up - PG.up, "pg_up - pg_up - pg_up"),
    Case(PG.up / (PG.up / PG.up), "pg_up / (pg_up / pg_up)"),
    Case(PG.up / (PG.up > 0), "pg_up / (pg_up > 0)"),
    Case(PG.up * 2 % 3 >= 1, "pg_up * 2 % 3 >= 1"),
    Case(1 - PG.up, "1 - pg_up"),
    Case(PG.up * -1, "pg_up * -1"),
    Case(PG.up < 0.00001, "pg_up < 1e-05"),
    Case(PG.up <= 1e21, "pg_up <= 1e+21"),
    Case((PG.up == 0).or(PG.up != 1), "pg_up == 0 or pg_up != 1"),
    Case((PG.up == 0).or(PG.up).and(PG.up), "(pg_up == 0 or pg_up) and pg_up"),
    Case((PG.up == 0).and(PG.up).or(PG.up), "pg_up == 0 and pg_up or pg_up"),
    Case(PG.up.and(PG.up.or(PG.up)), "pg_up and (pg_up or pg_up)"),
    Case(PG.up.and(PG.up.unless(PG.up)), "pg_up and (pg_up unless pg_up)"),
    Case(
      byJob / sum(PG.up, by: .job, .instance).on(.job), "max by (job) (pg_up) / on (job) sum by (job, instance) (pg_up)"
    ),
    Case(PG.up > byJob.ignoring(.instance), "pg_up > ignoring (instance) max by (job) (pg_up)"),
    Case(PG.up.unless(byJob.on(.job)), "pg_up unless on (job) max by (job) (pg_up)"),
    Case(
      (sum(rate(HTTP.requests(\.status, .satisfying { $0.code >= 500 })[5.m]), by: .job)
        / sum(rate(HTTP.requests[5.m]), by: .job) > 0.05)
        .and(sum(rate(HTTP.requests[5.m]), by: .job) > 0.2),
      #"sum by (job) (rate(http_requests_total{status=~"500|502|503|504"}[5m])) / "#
        + "sum by (job) (rate(http_requests_total[5m])) > 0.05 and sum by (job) (rate(http_requests_total[5m])) > 0.2"),
  ]

  @Test(arguments: selections + functions + precedence)
  func rendersAsWritten(_ example: Case) throws {
    #expect(try example.expression.rendered() == example.text)
  }

  @Test func prometheusWritesItTheSame() async throws {
    let server = try await PrometheusServer.start()
    for example in Self.selections + Self.functions + Self.precedence {
      // Prometheus breaks what is longer than 100 characters into lines.
      let formatted = try await server.formatted(example.text)
      if example.text.count <= 100 {
        #expect(formatted == example.text)
      } else {
        #expect(formatted.filter { !$0.isWhitespace } == example.text.filter { !$0.isWhitespace })
      }
    }
    try await server.stop()
  }

  @Test func rateIntervalIsGrafanas() throws {
    #expect(try rate(HTTP.requests[.rateInterval]).rendered() == "rate(http_requests_total[$__rate_interval])")
  }

  @Test func periodsAreWrittenAsPrometheusDoes() async throws {
    let server = try await PrometheusServer.start()
    for period in [15.s, 90.s, 5.m, 60.m, 90.m, 1.d, 36.h, 7.d, 8.d, 14.d, Period(seconds: 90_061)] {
      let text = try rate(HTTP.requests[period]).rendered()
      #expect(try await server.formatted(text) == text)
    }
    try await server.stop()
  }

  /// What Go's shortest format makes of them.
  @Test func numbersAreWrittenAsPrometheusWritesThem() {
    #expect(604_800.0.promQL == "604800" && 1_000_000.0.promQL == "1e+06" && 2_592_000.0.promQL == "2.592e+06")
    #expect(1_234_567.5.promQL == "1.2345675e+06" && (-30_000_000.0).promQL == "-3e+07" && 0.05.promQL == "0.05")
    #expect(1e12.promQL == "1e+12")
  }
}
