import Foundation
import Grafana

/// The newest value of each series on a dial of three quarters of a circle.
struct DialPicture {
  let panel: Panel
  let shown: [Shown]

  private static let first = 0.75 * Double.pi
  private static let sweep = 1.5 * Double.pi

  func elements(in box: Box) -> [SVGElement] {
    let columns = max(1, min(shown.count, Int(box.width / 110)))
    let rows = max(1, (shown.count + columns - 1) / columns)
    let (width, height) = (box.width / Double(columns), box.height / Double(rows))
    return shown.enumerated().map { index, one in
      dial(
        one,
        in: Box(
          x: box.x + Double(index % columns) * width, y: box.y + Double(index / columns) * height, width: width,
          height: height))
    }
  }

  private func dial(_ one: Shown, in box: Box) -> SVGElement {
    let name = shown.count > 1 ? 16.0 : 0
    let radius = max(10, min(box.width / 2 - 8, (box.height - name) / 1.75 - 4))
    let center = Spot(x: box.middle.x, y: box.y + radius + 6)
    let (value, text) = (one.series.newest, panel.text(one.series.newest, of: one.query))
    let color = Theme.color(panel.color(of: value))
    let size = min(26, radius * 0.42, radius * 1.3 / max(1, TextWidth.of(text, size: 1)))
    var elements = [
      arc(center, radius, share: 1, color: Theme.empty), arc(center, radius, share: share(of: value), color: color),
      SVGElement.text(
        text, at: Spot(x: center.x, y: center.y + size * 0.36), size: size, color: color, anchor: .middle,
        isBold: true),
    ]
    if shown.count > 1 {
      elements.append(
        .text(
          TextWidth.fitting(one.name, in: box.width - 6, size: 11), at: Spot(x: center.x, y: box.bottom - 4),
          color: Theme.muted, anchor: .middle))
    }
    return SVGElement.group(elements, class: "dial").explained("\(one.name): \(text)")
  }

  private func share(of value: Double?) -> Double {
    let least = panel.scale?.lowerBound ?? 0
    let greatest = panel.scale.flatMap { $0.upperBound.isFinite ? $0.upperBound : nil } ?? 100
    guard let value, !value.isNaN, greatest > least else { return 0 }
    return min(1, max(0, (value - least) / (greatest - least)))
  }

  private func arc(_ center: Spot, _ radius: Double, share: Double, color: String) -> SVGElement {
    let width = radius * 0.2
    let path = Arc(center: center, radius: radius - width / 2, from: Self.first, by: Self.sweep * share).path
    return SVGElement(
      "path", [("d", path), ("fill", "none"), ("stroke", color), ("stroke-width", width.svg)])
  }
}

/// A part of a circle, clockwise from an angle, in radians from three o'clock.
struct Arc {
  let center: Spot
  let radius: Double
  let from: Double
  let by: Double

  func spot(_ angle: Double) -> Spot { Spot(x: center.x + radius * cos(angle), y: center.y + radius * sin(angle)) }

  /// SVG's path data. A whole circle has no two ends: a hair of it is left out.
  var path: String {
    let turn = min(by, 2 * .pi - 0.001)
    let (start, end) = (spot(from), spot(from + turn))
    return "M \(start.x.svg) \(start.y.svg) A \(radius.svg) \(radius.svg) 0 \(turn > .pi ? 1 : 0) 1 "
      + "\(end.x.svg) \(end.y.svg)"
  }
}
