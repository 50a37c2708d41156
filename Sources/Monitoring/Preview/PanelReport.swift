import Grafana
import Topology

/// What a panel's expressions give right now, as lines for a terminal.
package struct PanelReport {
  let dashboard: Dashboard
  let panel: Panel
  let data: PanelData

  package init(_ panel: Panel, in dashboard: Dashboard, data: PanelData) {
    (self.panel, self.dashboard, self.data) = (panel, dashboard, data)
  }

  package var text: String {
    var lines = ["\(panel.title) (\(dashboard.uid)/\(panel.id))"]
    for answer in data.answers {
      lines += ["", answer.expression]
      if let refusal = answer.refusal {
        lines.append("  refused: \(refusal)")
      } else if answer.series.isEmpty {
        lines.append("  no data" + (panel.waitsFor.map { ": \($0.name) does not exist yet" } ?? ""))
      } else {
        let cells = answer.series.map { series in
          [
            series.name(by: answer.query.legend), panel.text(series.newest, of: answer.query),
            series.newest.map { "\($0)" } ?? "NaN", series.notation,
          ]
        }
        lines += Self.aligned([["SERIES", "SHOWN AS", "VALUE", "LABELS"]] + cells).map { "  \($0)" }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Columns as wide as their widest cell; the numbers in the middle to the right.
  static func aligned(_ lines: [[String]]) -> [String] {
    let safe = lines.map { $0.map(\.withoutControls) }
    let widths = (safe.first ?? []).indices.map { column in safe.map { $0[column].count }.max() ?? 0 }
    return safe.map { cells in
      zip(cells, widths).enumerated().map { index, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        let isNumber = index == 1 || index == 2
        return isNumber ? padding + cell.0 : index == cells.count - 1 ? cell.0 : cell.0 + padding
      }.joined(separator: "  ")
    }
  }
}

extension String {
  /// A label's value may hold what a terminal obeys.
  fileprivate var withoutControls: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "\u{FFFD}" : $0 }))
  }
}
