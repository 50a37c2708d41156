import Grafana

/// The newest values as horizontal bars, the greatest first.
struct BarGaugePicture {
  let panel: Panel
  let shown: [Shown]

  private static let heightAtLeast = 20.0
  private static let heightAtMost = 34.0

  func elements(in box: Box) -> [SVGElement] {
    let sorted = shown.enumerated().sorted {
      ($1.element.series.newest ?? -.infinity, $0.offset) < ($0.element.series.newest ?? -.infinity, $1.offset)
    }.map(\.element)
    let room = max(1, Int(box.height / Self.heightAtLeast))
    let bars = sorted.prefix(sorted.count > room ? room - 1 : room)
    let height = min(Self.heightAtMost, box.height / Double(max(1, bars.count)))
    let names = min(box.width * 0.4, (bars.map { TextWidth.of($0.name, size: 11) }.max() ?? 0) + 10)
    let texts = bars.map { panel.text($0.series.newest, of: $0.query) }
    let values = (texts.map { TextWidth.of($0, size: 12) }.max() ?? 0) + 10
    let least = min(0, panel.scale?.lowerBound ?? 0)
    let finite = bars.compactMap(\.series.newest).filter(\.isFinite)
    let limit = panel.scale.flatMap { $0.upperBound.isFinite ? $0.upperBound : nil } ?? 0
    let greatest = max(limit, finite.max() ?? 0)
    var elements = zip(bars, texts).enumerated().map { index, pair in
      bar(
        pair.0, pair.1, share: Self.share(of: pair.0.series.newest, from: least, to: greatest),
        in: Box(x: box.x, y: box.y + Double(index) * height, width: box.width, height: height), names, values)
    }
    if sorted.count > bars.count {
      elements.append(
        .text("y \(sorted.count - bars.count) más", at: Spot(x: box.x, y: box.bottom - 4), color: Theme.muted))
    }
    return elements
  }

  private static func share(of value: Double?, from least: Double, to greatest: Double) -> Double {
    guard let value, !value.isNaN, greatest > least else { return 0 }
    return min(1, max(0, (value - least) / (greatest - least)))
  }

  private func bar(
    _ one: Shown, _ text: String, share: Double, in box: Box, _ names: Double, _ values: Double
  ) -> SVGElement {
    let track = box.inset(left: names, top: 3, right: values, bottom: 3)
    let baseline = box.middle.y + 4
    var filled = track
    filled.width = track.width * share
    let color = Theme.color(panel.color(of: one.series.newest))
    return SVGElement.group(
      [
        .text(TextWidth.fitting(one.name, in: names - 8, size: 11), at: Spot(x: box.x, y: baseline)),
        .rectangle(track, fill: Theme.empty, radius: 3), .rectangle(filled, fill: color, radius: 3),
        .text(text, at: Spot(x: box.right, y: baseline), size: 12, color: color, anchor: .end, isBold: true),
      ], class: "bar"
    ).explained("\(one.name): \(text)")
  }
}
