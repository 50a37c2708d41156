import Grafana
import PromQL

/// Values over time: lines, areas on top of one another, or bars.
struct LinePicture {
  let panel: Panel
  let shown: [Shown]
  let range: ShownRange

  /// A threshold that is so many times as high as the highest value is written, not drawn: it would press the lines
  /// flat.
  static let thresholdHeadroom = 4.0

  private let curves: [Curve]
  private let left: ValueScale
  private let right: ValueScale?

  init(panel: Panel, shown: [Shown], range: ShownRange) {
    (self.panel, self.shown, self.range) = (panel, shown, range)
    let curves = Curve.all(of: shown, isStacked: panel.isStacked, step: Double(range.step.seconds))
    func scale(_ isOnRight: Bool) -> ValueScale {
      let own = curves.filter { $0.shown.query.look.isOnRight == isOnRight }
      let values = own.flatMap(\.values).filter(\.isFinite)
      let greatest = values.max() ?? 0
      let limits = isOnRight ? [] : panel.thresholds.map(\.from).filter { $0 <= Self.thresholdHeadroom * greatest }
      return ValueScale(
        showing: values + limits, limits: isOnRight ? nil : panel.scale,
        base: panel.unitText(of: own.first?.shown.query).base)
    }
    self.curves = curves
    left = scale(false)
    right = curves.contains { $0.shown.query.look.isOnRight } ? scale(true) : nil
  }

  func elements(in box: Box) -> [SVGElement] {
    let legend = LegendPicture(entries, width: box.width, linesAtMost: box.height > 190 ? 3 : 2)
    let (leftTexts, rightTexts) = (texts(left, isOnRight: false), right.map { texts($0, isOnRight: true) } ?? [])
    let plot = box.inset(
      left: Self.room(for: leftTexts), top: 6, right: rightTexts.isEmpty ? 6 : Self.room(for: rightTexts),
      bottom: 26 + legend.height)
    return ClockAxis(range: range).elements(in: plot)
      + [SVGElement.rectangle(plot, fill: "none").with("class", "plot")]
      + axis(left, leftTexts, in: plot, isOnRight: false)
      + (right.map { axis($0, rightTexts, in: plot, isOnRight: true) } ?? [])
      + curves.map { draw($0, in: plot) } + thresholds(in: plot)
      + legend.elements(in: box.inset(top: box.height - legend.height))
  }

  private var entries: [LegendPicture.Entry] {
    shown.map {
      .init(
        name: $0.name, value: panel.text($0.series.newest, of: $0.query), color: $0.color,
        isDashed: $0.query.look.isDashed)
    }
      + panel.thresholds.map {
        .init(
          name: "umbral \(panel.unitText().text($0.from))", value: "", color: Theme.color($0.color), isDashed: true)
      }
  }

  private func texts(_ scale: ValueScale, isOnRight: Bool) -> [String] {
    let unit = panel.unitText(of: shown.first { $0.query.look.isOnRight == isOnRight }?.query)
    // What goes down is drawn below zero, and is no less for it.
    let isMirrored = shown.contains { $0.query.look.isMirrored }
    return scale.ticks.map { UnitText(unit: unit.unit, decimals: nil).text(isMirrored ? abs($0) : $0) }
  }

  private static func room(for texts: [String]) -> Double {
    (texts.map { TextWidth.of($0, size: 10) }.max() ?? 0) + 10
  }

  private func axis(_ scale: ValueScale, _ texts: [String], in plot: Box, isOnRight: Bool) -> [SVGElement] {
    zip(scale.ticks, texts).flatMap { tick, text -> [SVGElement] in
      let y = scale.y(of: tick, in: plot)
      let label = SVGElement.text(
        text, at: Spot(x: isOnRight ? plot.right + 6 : plot.x - 6, y: y + 3.5), size: 10, color: Theme.muted,
        anchor: isOnRight ? .start : .end)
      if isOnRight { return [label] }
      return [.line(Spot(x: plot.x, y: y), Spot(x: plot.right, y: y), stroke: Theme.grid), label]
    }
  }

  private func thresholds(in plot: Box) -> [SVGElement] {
    panel.thresholds.filter { left.shows($0.from) }.map { threshold in
      let y = left.y(of: threshold.from, in: plot)
      return SVGElement.line(
        Spot(x: plot.x, y: y), Spot(x: plot.right, y: y), stroke: Theme.color(threshold.color)
      ).with("stroke-dasharray", "6 4").with("class", "threshold")
    }
  }

  private func draw(_ curve: Curve, in plot: Box) -> SVGElement {
    let look = curve.shown.query.look
    let scale = look.isOnRight ? right ?? left : left
    let axis = ClockAxis(range: range)
    func spot(_ seconds: Double, _ value: Double) -> Spot {
      Spot(x: axis.x(of: seconds, in: plot), y: scale.y(of: value, in: plot))
    }
    let runs = curve.runs.flatMap { run -> [SVGElement] in
      let tops = run.map { spot($0.seconds, $0.top) }
      if panel.isBars {
        let width = max(1, plot.width * Double(range.step.seconds) / Double(range.length.seconds) - 1)
        return run.map { point in
          let (top, bottom) = (spot(point.seconds, point.top), spot(point.seconds, point.bottom))
          return .rectangle(
            Box(x: top.x - width / 2, y: min(top.y, bottom.y), width: width, height: abs(bottom.y - top.y)),
            fill: curve.shown.color)
        }
      }
      if let only = tops.first, tops.count == 1 { return [.circle(only, radius: 2, fill: curve.shown.color)] }
      let line = SVGElement.polyline(tops, stroke: curve.shown.color)
      if look.isDashed { return [line.with("stroke-dasharray", "8 5")] }
      let floor = run.reversed().map { spot($0.seconds, $0.bottom) }
      return [.polygon(tops + floor, fill: curve.shown.color, opacity: panel.isStacked ? 0.4 : 0.1), line]
    }
    return SVGElement.group(runs, class: "series").explained(curve.shown.name)
  }
}

extension Panel {
  /// Whether its series stand on top of one another.
  var isStacked: Bool {
    switch style {
    case .stackedAreas, .bars: true
    default: false
    }
  }

  var isBars: Bool { if case .bars = style { true } else { false } }
}
