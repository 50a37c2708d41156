import Alerts
import PromQL
import Recording
import TestSupport
import Testing

/// The service levels from the counters on: what is recorded, and when a budget that burns calls somebody. The alerts'
/// own cases begin at what is recorded; here promtool computes that too, over hours and days of history.
struct ServiceLevelTests {
  /// A stretch of quiet, then a share of the requests that fails.
  struct Burn: Sendable, CustomTestStringConvertible {
    let burn: BurnRate
    /// Of the samples: coarser than Prometheus' where the history is days long.
    let grid: Period
    let quiet: Period
    let failing: Int
    /// After the failures began: while the long window still holds too few, and once it holds enough.
    let silent: Period
    let fires: Period
    var testDescription: String { burn.long.text }
  }

  /// With a share e of failures for x after a quiet q, shorter together than the window, the share is e·x / (q + x).
  /// It reaches the threshold at x = 12.6 min (30 %, 40 min, 7.2 %), 52.9 min (20 %, 5 h, 3 %), 3.53 h (10 %, 20 h,
  /// 1.5 %) and 6.67 h (5 %, 60 h, 0.5 %); the five-minute rates lag 2.5 min, and then the alert's duration passes.
  static let burns = [
    Burn(burn: .fastest, grid: 15.s, quiet: 40.m, failing: 30, silent: 12.m, fires: 20.m),
    Burn(burn: .fast, grid: 1.m, quiet: 5.h, failing: 20, silent: 52.m, fires: 65.m),
    Burn(burn: .slow, grid: 1.m, quiet: 20.h, failing: 10, silent: 3.h + 30.m, fires: 4.h),
    Burn(burn: .slowest, grid: 2.m, quiet: 60.h, failing: 5, silent: 6.h + 35.m, fires: 7.h + 15.m),
  ]

  @Test(arguments: burns)
  func aBurnFiresWhenTheLongWindowHoldsEnoughAndEndsWithTheShortOne(_ burn: Burn) async throws {
    let name = "ErrorBudgetBurnErrors" + burn.burn.long.text
    let last = burn.quiet + burn.fires
    let after = burn.burn.short + 10.m
    let firing = "count(ALERTS{alertname=\"\(name)\",alertstate=\"firing\"}) or vector(0)"
    try await check(
      name, grid: burn.grid,
      [
        counter("http_requests_total", [(100, last + after)], burn.grid, status: "200"),
        counter(
          "http_errors_total", [(0, burn.quiet), (burn.failing, burn.fires), (0, after)], burn.grid, status: "500"),
      ],
      [
        (firing, burn.quiet, 0), (firing, burn.quiet + burn.silent, 0), (firing, last, 1), (firing, last + after, 0),
      ])
  }

  /// Half an hour of little traffic without a failure, half an hour of three times as much with a tenth that fails.
  /// Of each change the five-minute rates have not seen 2.5 min at first, and of a fresh counter neither:
  /// 30 · 27.5 of 100 · 57.5 + 200 · 27.5 is 7.33 %. The mean of the two ratios would be 5 %.
  @Test func aBusyHourWeighsMore() async throws {
    let (grid, half) = (AlertCase.interval, 30.m)
    try await check(
      "ErrorBudgetBurnErrors1h", grid: grid,
      [
        counter("http_requests_total", [(100, half), (300, half)], grid, status: "200"),
        counter("http_errors_total", [(0, half), (30, half)], grid, status: "500"),
      ],
      [
        ("round(job:slo_errors_bad:ratio_rate1h, 0.001)", 59.m + 45.s, 0.073),
        ("round(job:slo_errors_bad:ratio_rate5m, 0.001)", 59.m + 45.s, 0.1),
      ])
  }

  /// One request in two minutes, all of which fail: 30 in the hour are fewer than the minimum. Four times as many are
  /// enough. A job that counts no failure has a share of 0.
  @Test func aShareNeedsSomeRequests() async throws {
    let share = "round(job:slo_errors_bad:ratio_rate1h, 0.001)"
    for (each, expected) in [(2.m, nil), (30.s, 1.0)] as [(Period, Double?)] {
      let series = ["http_requests_total", "http_errors_total"].map {
        counter($0, [(1, 2.h)], each, status: "500")
      }
      try await check("ErrorBudgetBurnErrors1h", grid: each, series, [(share, 2.h, expected)])
    }
    let healthy = [counter("http_requests_total", [(9, 1.h)], AlertCase.interval, status: "200")]
    try await check("ErrorBudgetBurnErrors1h", grid: AlertCase.interval, healthy, [(share, 50.m, 0)])
  }

  /// Of a hundred requests in each sample, 90 take at most 0.3 s.
  @Test func slowIsWhatIsNotInTheBucket() async throws {
    let series = [("_count", "", 100), ("_bucket", ",le=\"0.3\"", 90), ("_bucket", ",le=\"+Inf\"", 100)].map {
      "http_request_duration_seconds\($0.0){job=\"agente_deposito\",instance=\"a:8001\"\($0.1)}: 0+\($0.2)x240"
    }
    try await check(
      "ErrorBudgetBurnLatency1h", grid: AlertCase.interval, series,
      [
        ("round(job:slo_latency_bad:ratio_rate5m, 0.001)", 50.m, 0.1),
        ("round(job:slo_latency_bad:ratio_rate1h, 0.001)", 50.m, 0.1),
      ])
  }

  /// It answers for half an hour, then its target leaves the discovery, and with it `up`.
  @Test func aServiceThatVanishesIsBadTime() async throws {
    try await check(
      "ErrorBudgetBurnUptime1h", grid: AlertCase.interval,
      ["up{job=\"agente_deposito\",instance=\"a:8001\"}: 1x119 stale _x200"],
      [
        // Half a window is not known yet.
        ("job:slo_uptime_bad:ratio_rate1h", 29.m, nil), ("job:slo_uptime_bad:ratio_rate5m", 29.m, 0),
        ("job:slo_uptime_bad:ratio_rate5m", 40.m, 1), ("round(job:slo_uptime_bad:ratio_rate1h, 0.01)", 60.m, 0.5),
      ])
  }

  @Test func aServiceThatNeverWasIsBadTime() async throws {
    try await check(
      "ErrorBudgetBurnUptime1h", grid: AlertCase.interval, [], [("job:slo_uptime_bad:ratio_rate1h", 59.m, 1)])
  }

  /// Of two replicas one answers, always.
  @Test func oneReplicaIsEnough() async throws {
    try await check(
      "ErrorBudgetBurnUptime1h", grid: AlertCase.interval,
      ["a": 0, "b": 1].map { "up{job=\"agente_deposito\",instance=\"\($0.key):8001\"}: \($0.value)x240" },
      [("job:slo_uptime_bad:ratio_rate1h", 50.m, 0)])
  }

  /// The longest recorded names and the alerts ask for the same numbers that the guide gives.
  @Test func theNumbersAreThoseOfTheGuide() {
    #expect(ServiceLevels.all.map(\.objective) == [0.999, 0.95, 0.995])
    #expect(ServiceLevels.errors.budget == 0.005)
    #expect(ServiceLevels.latencyLimitSeconds == 0.3)
    #expect(Recording.interval == AlertCase.interval)
    let rate = Double(ServiceLevel.minimumRequests) / Double(Recording.rateWindow.seconds)
    #expect(rate == Objectives.minimumRequestRate)
    #expect(BurnRate.all.map(ServiceLevels.errors.threshold) == [0.072, 0.03, 0.015, 0.005])
    #expect(BurnRate.all.map(ServiceLevels.uptime.threshold) == [0.0144, 0.006, 0.003, 0.001])
    #expect(BurnRate.all.map(ServiceLevels.latency.threshold) == [0.72, 0.3, 0.15, 0.05])
  }

  @Test func aFasterBurnMutesTheSlowerOnesOfItsLevel() throws {
    let fastest = try #require(Alerts.all.first { $0.name == "ErrorBudgetBurnErrors1h" })
    let slower = ["ErrorBudgetBurnErrors6h", "ErrorBudgetBurnErrors1d", "ErrorBudgetBurnErrors3d"]
    #expect(fastest.mutes == [.alerts(slower, equal: [.job])])
    #expect(Alerts.all.first { $0.name == "ErrorBudgetBurnErrors3d" }?.mutes == [])
  }
}

extension ServiceLevelTests {
  /// What promtool says of expressions at moments, with the rule of an alert and all that is recorded for it.
  private func check(
    _ alert: String, grid: Period, _ series: [String], _ expected: [(expression: String, at: Period, value: Double?)]
  ) async throws {
    let alert = try #require(Alerts.all.first { $0.name == alert })
    let rules = try GeneratedRules(of: alert)
    let inputs = series.map { text in
      let parts = text.split(separator: ": ", maxSplits: 1)
      return "      - series: '\(parts[0])'\n        values: '\(parts[1])'\n"
    }
    let expressions = expected.map { test in
      "      - expr: '\(test.expression)'\n        eval_time: \(test.at.text)\n        exp_samples:"
        + (test.value.map { "\n          - labels: '\(labels(of: test.expression))'\n            value: \($0)\n" }
          ?? " []\n")
    }
    let text = """
      rule_files: [../minimarket-registros.yml, ../minimarket-slo.yml]
      group_eval_order: [minimarket-registros, minimarket-registros-lentos]
      evaluation_interval: \(grid.text)
      tests:
        - interval: \(grid.text)
          input_series:\(inputs.isEmpty ? " []" : "")
      \(inputs.joined())    promql_expr_test:
      \(expressions.joined())
      """
    let file = try rules.directory.write(text, to: "tests/slo.yml")
    let verdict = try await Subprocess.run([GeneratedRules.promtool, "test", "rules", file], timeout: .seconds(60))
    #expect(verdict.status == 0, "\(verdict.standardOutput)\(verdict.standardError)")
  }

  private func labels(of expression: String) -> String {
    if expression.hasPrefix("count(") { return "{}" }
    return expression.hasPrefix("round(") ? "{job=\"agente_deposito\"}" : "\(expression){job=\"agente_deposito\"}"
  }

  /// A counter that grows so much at each sample, for so long.
  private func counter(_ name: String, _ stretches: [(by: Int, for: Period)], _ grid: Period, status: String) -> String
  {
    var (last, values) = (0, [String]())
    for stretch in stretches {
      let more = stretch.for.seconds / grid.seconds - 1
      values.append("\(last + stretch.by)+\(stretch.by)x\(more)")
      last += stretch.by * (more + 1)
    }
    let labels = "job=\"agente_deposito\",instance=\"a:8001\",method=\"GET\",route=\"/\",status=\"\(status)\""
    return "\(name){\(labels)}: \(values.joined(separator: " "))"
  }
}
