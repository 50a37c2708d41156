import Alerts
import Topology

/// The drills of a run as a table in Markdown, and what is missing by name.
package struct DrillReport: Sendable {
  package let results: [DrillResult]
  /// Alerts whose service does not exist yet, or whose fault needs a hand.
  package let missing: [Alert]
  /// What was not as on a stack that works.
  package let remarks: [String]

  package init(results: [DrillResult], missing: [Alert], remarks: [String]) {
    self.results = results
    self.missing = missing
    self.remarks = remarks
  }

  package var hasFailed: Bool { results.contains { $0.failure != nil } }

  package var text: String {
    var lines = remarks + [""]
    if !results.isEmpty { lines += table + [""] }
    lines += results.compactMap { result in result.failure.map { "- FAILED \(result.alert): \($0)" } }
    lines += missing.map { "- missing \($0.name): \($0.drill.missingReason)" }
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

extension Drill {
  /// Whether a drill can be made of it: its service exists, and no hand is needed.
  package var isPerformed: Bool {
    switch self {
    case .planned, .byHand: false
    default: true
    }
  }

  var missingReason: String {
    switch self {
    case .planned(let service, _): "waits for \(service.name)"
    case .byHand(let fault): "by hand: \(fault)"
    default: ""
    }
  }
}
