import Grafana
import PromQL

/// The newest value of each series as a line of text.
struct TablePicture {
  let panel: Panel
  let columns: [Panel.Column]
  let shown: [Shown]

  private static let lineHeight = 22.0

  func elements(in box: Box) -> [SVGElement] {
    let room = max(1, Int(box.height / Self.lineHeight) - 1)
    let lines = shown.prefix(shown.count > room ? room - 1 : room)
    let widths = self.widths(lines, in: box.width)
    var elements = line(columns.map(\.title), at: box.y, in: box, widths, color: Theme.muted, isBold: true)
    for (index, one) in lines.enumerated() {
      let y = box.y + Double(index + 1) * Self.lineHeight
      elements.append(.line(Spot(x: box.x, y: y), Spot(x: box.right, y: y), stroke: Theme.grid))
      elements += line(columns.map { text(of: one, $0) }, at: y, in: box, widths, value: one.series.newest)
    }
    if shown.count > lines.count {
      elements.append(
        .text("y \(shown.count - lines.count) más", at: Spot(x: box.x, y: box.bottom - 6), color: Theme.muted))
    }
    return elements
  }

  private func text(of one: Shown, _ column: Panel.Column) -> String {
    switch column {
    case .label(let label, _): one.series.labels[label.text] ?? "–"
    case .value: panel.text(one.series.newest, of: one.query)
    }
  }

  /// By what the columns hold, stretched or squeezed to the table's width.
  private func widths(_ lines: ArraySlice<Shown>, in width: Double) -> [Double] {
    let wanted = columns.map { column in
      24 + ([column.title] + lines.map { text(of: $0, column) }).reduce(0) { max($0, TextWidth.of($1, size: 11)) }
    }
    let total = wanted.reduce(0, +)
    return wanted.map { $0 * width / max(1, total) }
  }

  private func line(
    _ texts: [String], at y: Double, in box: Box, _ widths: [Double], color: String = Theme.text, isBold: Bool = false,
    value: Double? = nil
  ) -> [SVGElement] {
    var x = box.x
    return zip(zip(texts, widths), columns).map { cell, column in
      defer { x += cell.1 }
      var color = color
      if case .value = column, let value, !panel.mappings.isEmpty || !panel.thresholds.isEmpty {
        color = Theme.color(panel.color(of: value))
      }
      return .text(
        TextWidth.fitting(cell.0, in: cell.1 - 8, size: 11), at: Spot(x: x, y: y + 15), color: color, isBold: isBold)
    }
  }
}
