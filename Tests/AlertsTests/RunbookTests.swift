import Alerts
import Foundation
import PromQL
import Render
import Runbooks
import TestSupport
import Testing
import Topology

/// The runbooks, as Markdown and as the page that the alerts link to.
struct RunbookTests {
  private func page() throws -> String {
    let files = try LocalRendering(MonitoringSecrets()).files
    return try #require(files.first { $0.path == "www/runbooks/index.html" }).contents
  }

  private func book() throws -> String {
    let path = "observability/runbooks/RESPONDING_TO_ALERTS.md"
    return try #require(try Committed.files().first { $0.path == path }).contents
  }

  /// What each alert's link names is there, and once, though several alerts name it.
  @Test(arguments: Set(Alerts.all.map(\.section)))
  func hasOneAnchorASection(_ name: String) throws {
    #expect(try page().ranges(of: "id=\"\(name)\"").count == 1)
    #expect(try book().ranges(of: "<a id=\"\(name)\"></a>").count == 1)
    #expect(try book().ranges(of: "\n## \(name)\n").count == 1)
  }

  @Test(arguments: Alerts.all.map(\.name))
  func aSectionSaysOfEachOfItsAlertsWhenItFires(_ name: String) throws {
    let alert = try #require(Alerts.all.first { $0.name == name })
    let book = try RespondingToAlerts.document(for: .committed)
    let sections = book.sections.filter { $0.anchor == alert.section }
    #expect(sections.count == 1)
    let section = try #require(sections.first)
    let conditions = try #require(section.parts.first).blocks
    let condition = try alert.condition()
    #expect(conditions.filter { if case .code(condition) = $0 { true } else { false } }.count == 1)
    let words = conditions.compactMap { if case .paragraph(let text) = $0 { text } else { nil } } + [section.summary]
    let sentence = try #require(words.first { $0.contains("everidad \(alert.severity.rawValue). ") })
    #expect(sentence.contains(alert.duration) || alert.holdsFor == 0.s)
    if alert.section != name {
      #expect(words.contains { $0.hasPrefix("`\(name)`, severidad \(alert.severity.rawValue)") })
    }
  }

  /// One text is written for all that share it, so all must have the same.
  @Test func alertsOfOneSectionHaveOneRunbook() {
    for (section, alerts) in Dictionary(grouping: Alerts.all, by: \.section) {
      #expect(Set(alerts.map { "\($0.runbook) \($0.drill)" }).count == 1, "\(section)")
    }
  }

  @Test func pageNeedsNothingElse() throws {
    let page = try page()
    for outside in ["src=", "@import", "url(", "<script", "<link", "href=\"http", "href=\"//"] {
      #expect(!page.contains(outside), "\(outside)")
    }
  }

  @Test func pageIsWellFormed() throws {
    var open: [Substring] = []
    for tag in try page().matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) where tag.2 != "meta" {
      if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
    }
    #expect(open == [])
  }

  @Test func commandsNameThePortsOfTheStack() throws {
    #expect(try page().contains("http://127.0.0.1:19090/api/v1/query"))
    #expect(try book().contains("http://localhost:9090/api/v1/query"))
  }

  @Test(arguments: Alerts.all.map(\.name))
  func everySectionIsWritten(_ name: String) throws {
    let runbook = try #require(Alerts.all.first { $0.name == name }).runbook
    #expect(!runbook.meaning.isEmpty && !runbook.escalate.isEmpty && !runbook.afterwards.isEmpty)
    for steps in [runbook.firstFiveMinutes, runbook.fix, runbook.verify] {
      #expect(!steps.isEmpty)
      #expect(steps.contains { $0.command != nil })
    }
    #expect(!runbook.diagnosis.isEmpty)
  }

  /// The shell reads every command as one simple command.
  @Test func theShellReadsEveryCommand() async throws {
    for command in try commands() {
      try await Subprocess.check(["/bin/bash", "-n", "-c", command])
      #expect(!command.contains("\n"))
    }
  }

  /// What a command asks of the deployment is a verb and an option that it has, of a program that there is.
  @Test func theDeploymentKnowsWhatItIsAsked() async throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scripts/deploy.sh").path
    let help = try await Subprocess.check([script, "--help"])
    let options = Set(help.matches(of: /--[a-z-]+/).map { String($0.output) })
    let programs = Set(
      (Platform.processes + Platform.containerProcesses).map(\.name) + PlannedService.all.map(\.name))
    let asked = try commands().flatMap { $0.matches(of: /scripts\/deploy\.sh ([^;&|]+)/).map(\.output.1) }
    #expect(asked.count > 20)
    for word in asked.flatMap({ $0.split(separator: " ").map(String.init) }) {
      #expect(word.hasPrefix("--") ? options.contains(word) : programs.contains(word), "\(word)")
    }
  }

  private func commands() throws -> [String] {
    try RespondingToAlerts.document(for: .committed).sections.flatMap(\.parts).flatMap(\.blocks).flatMap { block in
      if case .steps(let steps) = block { steps.compactMap(\.command) } else { [String]() }
    }
  }
}
