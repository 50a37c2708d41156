import Grafana

/// A whole dashboard as one SVG: data in, text out. The same data give the same bytes.
package struct DashboardPicture {
  package static let width = 1200.0
  private static let margin = 16.0
  private static let gap = 8.0
  /// Grafana's grid: 30 pixels and a gap.
  private static let line = 38.0
  private static let header = 74.0
  private static let footer = 30.0

  let dashboard: Dashboard
  let data: [Int: PanelData]
  let range: ShownRange

  /// - Parameter data: by the panel's id; a panel without any is drawn as one that has none.
  package init(_ dashboard: Dashboard, data: [Int: PanelData], range: ShownRange) {
    self.dashboard = dashboard
    self.data = data
    self.range = range
  }

  package func svg() -> String {
    let lines = dashboard.panels.map { $0.place.y + $0.place.height }.max() ?? 0
    let height = Self.header + Double(lines) * Self.line + Self.footer
    let canvas = Box(x: 0, y: 0, width: Self.width, height: height)
    let content =
      [SVGElement.rectangle(canvas, fill: Theme.canvas)] + heading + dashboard.rows.map(rowHeading)
      + dashboard.panels.map { panel in
        PanelPicture(panel: panel, data: data[panel.id] ?? PanelData([]), range: range).element(
          in: box(of: panel.place))
      } + [
        .text(
          "Dibujado por «observability preview» con los datos de Prometheus.",
          at: Spot(x: Self.width / 2, y: height - 12), size: 10, color: Theme.muted, anchor: .middle)
      ]
    let root = SVGElement(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 \(Self.width.svg) \(height.svg)"),
        ("width", Self.width.svg), ("height", height.svg), ("font-family", Theme.fonts), ("role", "img"),
      ], content
    ).explained("\(dashboard.title): \(dashboard.description)")
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.rendered()
  }

  private var heading: [SVGElement] {
    let right = Self.width - Self.margin
    let moments = "\(ClockAxis.text(of: range.start, as: .whole)) – \(ClockAxis.text(of: range.end, as: .minute))"
    let choices = dashboard.variables.map { "\($0.title): todos" }.joined(separator: " · ")
    return [
      .text("\(Dashboard.folder) / \(dashboard.title)", at: Spot(x: Self.margin, y: 34), size: 20, isBold: true),
      .text(dashboard.description, at: Spot(x: Self.margin, y: 56), size: 12, color: Theme.muted),
      .text("\(moments), Buenos Aires", at: Spot(x: right, y: 34), size: 12, anchor: .end),
      .text(choices, at: Spot(x: right, y: 56), size: 12, color: Theme.muted, anchor: .end),
    ].filter { element in
      !element.contents.contains { if case .text("") = $0 { true } else { false } }
    }
  }

  private func rowHeading(_ row: Row) -> SVGElement {
    let box = box(of: row.place)
    return .group(
      [
        .text("▾ \(row.title)", at: Spot(x: box.x + 2, y: box.y + 21), size: 14, isBold: true).with("class", "row")
      ], class: "row")
  }

  private func box(of place: Panel.Place) -> Box {
    let column = (Self.width - 2 * Self.margin + Self.gap) / Double(Panel.Place.columns)
    return Box(
      x: Self.margin + Double(place.x) * column, y: Self.header + Double(place.y) * Self.line,
      width: Double(place.width) * column - Self.gap, height: Double(place.height) * Self.line - Self.gap)
  }
}
