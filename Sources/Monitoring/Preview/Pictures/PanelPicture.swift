import Grafana
import Topology

/// One panel: its frame, its title, and what its style draws of its data.
struct PanelPicture {
  let panel: Panel
  let data: PanelData
  let range: ShownRange

  private static let title = 30.0
  private static let margin = 12.0

  func element(in box: Box) -> SVGElement {
    let frame = SVGElement.rectangle(box, fill: Theme.panel, radius: 5).with("stroke", Theme.border)
    let title = SVGElement.text(
      TextWidth.fitting(panel.title, in: (box.width - 2 * Self.margin) / 1.1, size: 13),
      at: Spot(x: box.x + Self.margin, y: box.y + 20), size: 13, isBold: true
    ).with("class", "title")
    let body = box.inset(left: Self.margin, top: Self.title, right: Self.margin, bottom: 10)
    return SVGElement("g", [("id", "panel-\(panel.id)"), ("class", "panel")], [frame, title] + drawing(in: body))
      .explained("\(panel.title): \(panel.description)")
  }

  private func drawing(in body: Box) -> [SVGElement] {
    if case .text(let markdown) = panel.style { return TextPicture(markdown: markdown).elements(in: body) }
    if let refusal = data.refusal {
      return NotePicture(lines: ["Prometheus rechazó la consulta", refusal]).elements(in: body)
    }
    let shown = Shown.all(of: data)
    if shown.isEmpty, !panel.queries.isEmpty {
      let waiting = panel.waitsFor.map { ["espera a \($0.name), que todavía no existe"] } ?? []
      return NotePicture(lines: ["sin datos"] + waiting).elements(in: body)
    }
    switch panel.style {
    case .timeSeries, .stackedAreas, .bars:
      return LinePicture(panel: panel, shown: shown, range: range).elements(in: body)
    case .stat: return StatPicture(panel: panel, shown: shown).elements(in: body)
    case .gauge: return DialPicture(panel: panel, shown: shown).elements(in: body)
    case .barGauge: return BarGaugePicture(panel: panel, shown: shown).elements(in: body)
    case .pieChart: return PiePicture(panel: panel, shown: shown).elements(in: body)
    case .table(let columns): return TablePicture(panel: panel, columns: columns, shown: shown).elements(in: body)
    case .stateTimeline: return TimelinePicture(panel: panel, shown: shown, range: range).elements(in: body)
    default:
      let source = panel.logs.map { [$0.text] } ?? []
      return NotePicture(lines: ["este panel se ve en Grafana: acá no se dibuja"] + source).elements(in: body)
    }
  }
}
