import Alerts
import ArgumentParser
import Drills
import Foundation
import Grafana
import Render
import Topology

struct Prove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lint, check, let promtool and amtool judge, drill every alert, and list what is missing by name.")

  @OptionGroup var root: RootOption
  @OptionGroup var options: DrillOptions

  func run() async throws {
    var verdicts = [
      Judges.Verdict("the lists are sound", problems: Linter.problems().joined(separator: "\n")),
      Judges.Verdict(
        "every committed file is what the code generates",
        problems: try root.tree().differences().map(\.text).joined(separator: "\n")),
    ]
    for verdict in verdicts { print(line(verdict)) }
    print("promtool and amtool judge; the alerts' cases take some minutes")
    // A file or a pipe wants to show each line when it comes.
    fflush(nil)
    let judged = try await Interruption.cancelling { try await Judges.verdicts() }
    for verdict in judged { print(line(verdict)) }
    fflush(nil)
    verdicts += judged
    let report = try await options.drill(Alerts.all, root: root.root)
    try options.show(report.with(verdicts.map(line), missing: Self.missingPanels))
    if report.hasFailed || verdicts.contains(where: { !$0.problems.isEmpty }) { throw ExitCode.failure }
  }

  private func line(_ verdict: Judges.Verdict) -> String {
    verdict.problems.isEmpty ? "- holds: \(verdict.claim)" : "- FAILED: \(verdict.claim):\n\(verdict.problems)"
  }

  private static var missingPanels: [String] {
    Dashboards.questions.compactMap { (question: Question) in
      question.waitsFor.map { "panel “\(question.name)”: waits for \($0.name)" }
    }
  }
}
