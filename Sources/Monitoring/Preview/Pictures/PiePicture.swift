import Grafana

/// The newest values as shares of a ring, the greatest first, with a table of them on the right.
struct PiePicture {
  let panel: Panel
  let shown: [Shown]

  private static let lineHeight = 20.0

  func elements(in box: Box) -> [SVGElement] {
    let slices = shown.compactMap { one in
      one.series.newest.flatMap { $0.isFinite && $0 > 0 ? (one: one, value: $0) : nil }
    }.enumerated().sorted { ($1.element.value, $0.offset) < ($0.element.value, $1.offset) }.map(\.element)
    let total = slices.reduce(0) { $0 + $1.value }
    if total <= 0 { return NotePicture(lines: ["todo en cero"]).elements(in: box) }
    let radius = min(box.height / 2 - 4, box.width * 0.22)
    let width = radius * 0.4
    let center = Spot(x: box.x + radius + 8, y: box.middle.y)
    var angle = -Double.pi / 2
    var elements: [SVGElement] = []
    for slice in slices {
      let turn = 2 * Double.pi * slice.value / total
      // A gap of a pixel between neighbours.
      let gap = slices.count > 1 ? min(turn / 2, 1.5 / radius) : 0
      let path = Arc(center: center, radius: radius - width / 2, from: angle, by: turn - gap).path
      elements.append(
        SVGElement(
          "path",
          [
            ("d", path), ("fill", "none"), ("stroke", slice.one.color), ("stroke-width", width.svg),
            ("class", "slice"),
          ]
        ).explained("\(slice.one.name): \(panel.text(slice.value, of: slice.one.query))"))
      angle += turn
    }
    return elements + table(slices, total, in: box.inset(left: 2 * radius + 32, right: 4))
  }

  private func table(_ slices: [(one: Shown, value: Double)], _ total: Double, in box: Box) -> [SVGElement] {
    let room = max(1, Int(box.height / Self.lineHeight))
    let lines = slices.prefix(slices.count > room ? room - 1 : room)
    let omitted = slices.count - lines.count
    let top = box.middle.y - Double(lines.count + (omitted > 0 ? 1 : 0)) * Self.lineHeight / 2
    var elements = lines.enumerated().flatMap { index, slice -> [SVGElement] in
      let y = top + Double(index) * Self.lineHeight + 14
      let percent = UnitText(unit: .percent, decimals: 0).text(100 * slice.value / total)
      return [
        .rectangle(Box(x: box.x, y: y - 9, width: 10, height: 10), fill: slice.one.color, radius: 2),
        .text(
          TextWidth.fitting(slice.one.name, in: box.width - 130, size: 11), at: Spot(x: box.x + 18, y: y)),
        .text(
          panel.text(slice.value, of: slice.one.query), at: Spot(x: box.right - 44, y: y), color: Theme.muted,
          anchor: .end),
        .text(percent, at: Spot(x: box.right, y: y), anchor: .end),
      ]
    }
    if omitted > 0 {
      let y = top + Double(lines.count) * Self.lineHeight + 14
      elements.append(.text("y \(omitted) más", at: Spot(x: box.x + 18, y: y), color: Theme.muted))
    }
    return elements
  }
}
