import Grafana
import PromQL

/// Which state each series was in, a lane each.
struct TimelinePicture {
  let panel: Panel
  let shown: [Shown]
  let range: ShownRange

  func elements(in box: Box) -> [SVGElement] {
    let entries = panel.mappings.map {
      LegendPicture.Entry(name: $0.text, value: "", color: Theme.background($0.color))
    }
    let legend = LegendPicture(entries, width: box.width, linesAtMost: 1)
    let names = min(box.width * 0.3, (shown.map { TextWidth.of($0.name, size: 11) }.max() ?? 0) + 10)
    let plot = box.inset(left: names, top: 2, right: 6, bottom: 24 + legend.height)
    let room = max(1, Int(plot.height / 16))
    let lanes = shown.prefix(room)
    let height = min(40, plot.height / Double(max(1, lanes.count)))
    return ClockAxis(range: range).elements(in: plot)
      + lanes.enumerated().map { index, one in
        lane(one, in: Box(x: plot.x, y: plot.y + Double(index) * height, width: plot.width, height: height), names)
      } + legend.elements(in: box.inset(top: box.height - legend.height))
  }

  private func lane(_ one: Shown, in box: Box, _ names: Double) -> SVGElement {
    let axis = ClockAxis(range: range)
    let step = Double(range.step.seconds)
    let name = SVGElement.text(
      TextWidth.fitting(one.name, in: names - 8, size: 11), at: Spot(x: box.x - names, y: box.middle.y + 4))
    let blocks = states(of: one.series).map { state in
      let left = max(box.x, axis.x(of: state.from, in: box))
      let right = min(box.right, axis.x(of: state.until + step, in: box))
      return SVGElement.rectangle(
        Box(x: left, y: box.y + 2, width: max(0.5, right - left), height: box.height - 4),
        fill: Theme.background(panel.color(of: state.value))
      ).explained("\(one.name): \(panel.text(state.value, of: one.query))")
    }
    return .group([name] + blocks, class: "lane")
  }

  private func states(of series: QueriedSeries) -> [(value: Double, from: Double, until: Double)] {
    var states: [(value: Double, from: Double, until: Double)] = []
    for point in series.points where !point.value.isNaN {
      if let last = states.last, last.value == point.value,
        point.seconds - last.until <= 1.5 * Double(range.step.seconds)
      {
        states[states.count - 1].until = point.seconds
      } else {
        states.append((point.value, point.seconds, point.seconds))
      }
    }
    return states
  }
}
