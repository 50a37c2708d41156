import Grafana

/// The newest value of each series, large. Words stand on their colour, numbers are written in it.
struct StatPicture {
  let panel: Panel
  let shown: [Shown]

  private static let gap = 6.0
  private static let widthAtLeast = 120.0

  func elements(in box: Box) -> [SVGElement] {
    let fitting = max(1, Int((box.width + Self.gap) / (Self.widthAtLeast + Self.gap)))
    let columns = min(shown.count, fitting)
    let rows = (shown.count + columns - 1) / columns
    let width = (box.width - Self.gap * Double(columns - 1)) / Double(columns)
    let height = (box.height - Self.gap * Double(rows - 1)) / Double(rows)
    return shown.enumerated().map { index, one in
      let corner = Spot(
        x: box.x + Double(index % columns) * (width + Self.gap),
        y: box.y + Double(index / columns) * (height + Self.gap))
      return tile(one, in: Box(x: corner.x, y: corner.y, width: width, height: height))
    }
  }

  private func tile(_ one: Shown, in box: Box) -> SVGElement {
    let value = one.series.newest
    let (text, color) = (panel.text(value, of: one.query), panel.color(of: value))
    let isWord = value.flatMap { panel.mapping(of: $0) } != nil
    // Grafana names one tile only beside others; a word alone would not say whose it is.
    let isNamed = (shown.count > 1 || isWord) && !one.name.isEmpty
    let room = box.height - (isNamed ? 20 : 0)
    let largest = (box.width - 32) / max(1, TextWidth.ofBold(text, size: 1))
    let size = max(12, min(34, room * 0.55, largest))
    let middle = Spot(x: box.middle.x, y: box.y + (isNamed ? 18 : 0) + room / 2 + size * 0.36)
    var elements = [
      SVGElement.rectangle(box, fill: isWord ? Theme.background(color) : Theme.empty, radius: 4),
      .text(
        text, at: middle, size: size, color: isWord ? Theme.onColor : Theme.color(color), anchor: .middle,
        isBold: true),
    ]
    if isNamed {
      elements.append(
        .text(
          TextWidth.fitting(one.name, in: box.width - 12, size: 11), at: Spot(x: box.middle.x, y: box.y + 17),
          color: isWord ? Theme.onColor : Theme.muted, anchor: .middle))
    }
    return SVGElement.group(elements, class: "stat").explained("\(one.name): \(text)")
  }
}
