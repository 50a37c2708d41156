import Alerts

/// The drills of a run as a table in Markdown, and what is missing by name.
package struct DrillReport: Sendable {
  package let results: [DrillResult]
  /// Alerts that were not drilled, and why.
  package let missing: [(alert: Alert, reason: String)]
  /// What was not as on a stack that works.
  package let remarks: [String]

  package init(results: [DrillResult], missing: [(alert: Alert, reason: String)], remarks: [String]) {
    self.results = results
    self.missing = missing
    self.remarks = remarks
  }

  /// What was judged beforehand, and what else is missing.
  private var verdicts: [String] = []
  private var alsoMissing: [String] = []

  /// The same with what was judged beside the drills.
  package func with(_ verdicts: [String], missing: [String]) -> Self {
    var report = self
    report.verdicts = verdicts
    report.alsoMissing = missing
    return report
  }

  package var hasFailed: Bool { results.contains { $0.failure != nil } }

  package var text: String {
    var lines = verdicts + (verdicts.isEmpty ? [] : [""]) + remarks + [""]
    if !results.isEmpty { lines += table + [""] }
    lines += results.compactMap { result in result.failure.map { "- FAILED \(result.alert): \($0)" } }
    lines += missing.map { "- missing: alert \($0.alert.name): \($0.reason)" }
    lines += alsoMissing.map { "- missing: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var table: [String] {
    let moments = DrillResult.Moment.allCases
    let head = ["alert"] + moments.map(\.rawValue) + ["commands", "remedy", "result"]
    let rows = results.map { result in
      [result.alert] + moments.map { result.moments[$0].map { "\($0.tenths) s" } ?? "–" } + [
        "\(result.commands)", result.remedy?.rawValue ?? "–", result.failure == nil ? "passed" : "FAILED",
      ]
    }
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return "| \(padded.joined(separator: " | ")) |"
    }
    return [line(head), line(widths.map { String(repeating: "-", count: $0) })] + rows.map(line)
  }
}
