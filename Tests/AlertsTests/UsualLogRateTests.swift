import Foundation
import PromQL
import Recording
import TestSupport
import Testing

/// What LogVolumeSpike takes for usual, over weeks: too long for its own cases, which every mutant runs.
struct UsualLogRateTests {
  private static let step = 5.m

  /// - Parameters:
  ///   - phases: messages a second, for so long, one phase after the other.
  ///   - usual: a second, at the end of them all.
  private func check(_ phases: [(rate: Int, length: Period)], usual: Int, at moment: Period) async throws {
    let directory = try TemporaryDirectory("usual")
    let rules = try [Recordings.hourlyLogRate, Recordings.usualLogRate].map {
      "      - {record: '\($0.name)', expr: '\(try $0.expression.rendered())'}\n"
    }
    let groups = "groups:\n  - name: logs\n    rules:\n\(rules.joined())"
    let file = try directory.write(groups, to: "rules.yml")
    let values = phases.map { "+\($0.rate * Self.step.seconds)x\($0.length.seconds / Self.step.seconds - 1)" }
    let test = """
      rule_files: ['\(file)']
      evaluation_interval: \(Self.step.text)
      tests:
        - interval: \(Self.step.text)
          input_series:
            - {series: 'log_messages_total{job="a",level="info"}', values: '\(chained(values))'}
          promql_expr_test:
            - expr: \(Recordings.usualLogRate.name)
              eval_time: \(moment.text)
              exp_samples: [{labels: '\(Recordings.usualLogRate.name){job="a"}', value: \(usual)}]

      """
    try await Subprocess.check(
      ["/usr/bin/promtool", "test", "rules", try directory.write(test, to: "test.yml")], timeout: .seconds(60))
  }

  /// promtool's notation begins each part anew: after `0+300x11`, which has twelve samples, comes `3600+…`.
  private func chained(_ growths: [String]) -> String {
    var level = 0
    return growths.map { growth in
      let parts = growth.dropFirst().split(separator: "x").compactMap { Int($0) }
      defer { level += parts[0] * (parts[1] + 1) }
      return "\(level)\(growth)"
    }.joined(separator: " ")
  }

  /// A week open for half of each day, and then the weekend.
  private static let week = Array(repeating: [(rate: 10, length: 12.h), (rate: 1, length: 12.h)], count: 5)
    .flatMap { $0 }

  @Test func isThatOfTheOpenShop() async throws {
    try await check(Self.week + [(1, 48.h), (10, 1.h)], usual: 10, at: 7.d)
  }

  @Test func isNotThatOfYesterdaysStorm() async throws {
    try await check([(1, 6.d), (10, 12.h), (1, 24.h)], usual: 1, at: 7.d + 6.h)
  }

  @Test func isNotThatOfTheLastHour() async throws {
    try await check([(1, 8.d), (10, 17.h)], usual: 1, at: 8.d + 16.h)
  }

  /// A tenth of a week is sixteen hours and three quarters.
  @Test func isThatOfAStormThatStays() async throws {
    try await check([(1, 8.d), (10, 24.h)], usual: 10, at: 8.d + 20.h)
  }
}
