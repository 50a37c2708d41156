import Alerts
import PromQL
import Render
import TestSupport
import Testing

/// Every alert does what its cases say, and its cases notice when it does not.
struct RuleTests {
  @Test func promtoolReadsTheRules() async throws {
    let rules = try GeneratedRules()
    for group in RuleGroup.allCases {
      let file = rules.directory.file("\(group.rawValue).yml")
      try await Subprocess.check([GeneratedRules.promtool, "check", "rules", file])
    }
  }

  @Test(arguments: Alerts.all.map(\.name))
  func casesHold(_ name: String) async throws {
    let alert = try #require(Alerts.all.first { $0.name == name })
    let verdict = try await GeneratedRules(of: alert).test(alert)
    #expect(verdict.status == 0, "\(verdict.standardOutput)\(verdict.standardError)")
  }

  /// A flipped comparison, another threshold, another aggregation, a lost side or label: some case must fail.
  @Test(arguments: Alerts.all.map(\.name))
  func everyMutationOfTheExpressionIsNoticed(_ name: String) async throws {
    let alert = try #require(Alerts.all.first { $0.name == name })
    let condition = try alert.condition()
    let mutants = alert.expression.node.mutants
    #expect(mutants.count > (alert.severity == .heartbeat ? 1 : 5))
    // Side by side: tests run one after another, and there is more than one processor.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for mutant in mutants {
        group.addTask {
          let rules = try GeneratedRules(of: alert) {
            $0.replacing("expr: \(condition)\n", with: "expr: \(mutant.text)\n")
          }
          let verdict = try await rules.test(alert)
          #expect(verdict.status != 0, "no case of \(name) notices: \(mutant.text)")
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(arguments: Alerts.all.map(\.name))
  func everyMutationOfTheDurationIsNoticed(_ name: String) async throws {
    let alert = try #require(Alerts.all.first { $0.name == name })
    let text = try GeneratedRules.text(of: alert)
    let start = try #require(text.range(of: "alert: \(name)\n"))
    let line = try #require(text.range(of: "for: \(alert.duration)\n", in: start.upperBound))
    let wrongs = [alert.holdsFor - AlertCase.interval, alert.holdsFor + AlertCase.interval, 0.s]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for wrong in wrongs where wrong >= 0.s && wrong != alert.holdsFor {
        group.addTask {
          let rules = try GeneratedRules(of: alert) { $0.replacingSubrange(line, with: "for: \(wrong.text)\n") }
          #expect(try await rules.test(alert).status != 0, "no case of \(name) notices for: \(wrong.text)")
        }
      }
      try await group.waitForAll()
    }
  }

  /// A canary: the harness itself can fail.
  @Test func aBrokenTextIsNoticed() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for alert in Alerts.all {
        group.addTask {
          let link = "runbooks/#\(alert.section)"
          let rules = try GeneratedRules(of: alert) { $0.replacing(link, with: link + "s") }
          #expect(try await rules.test(alert).status != 0)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(arguments: Alerts.all.map(\.name))
  func casesStandAtBothSidesOfTheDuration(_ name: String) throws {
    let alert = try #require(Alerts.all.first { $0.name == name })
    if alert.holdsFor == 0.s { return }
    let pairs = alert.cases.filter { story in
      zip(story.checks, story.checks.dropFirst()).contains { before, after in
        before.firing.isEmpty && !after.firing.isEmpty && after.at == before.at + AlertCase.interval
      }
    }
    #expect(!pairs.isEmpty, "\(name) has no case just under and just over its duration")
  }
}

extension String {
  fileprivate func range(of part: String, in start: Index) -> Range<Index>? {
    self[start...].firstRange(of: part)
  }

  fileprivate func range(of part: String) -> Range<Index>? { firstRange(of: part) }

  fileprivate func replacingSubrange(_ range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
