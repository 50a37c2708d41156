import Grafana

/// What is drawn of one series over time: unbroken runs of points, each from its floor to its value.
struct Curve {
  struct Point {
    let seconds: Double
    let bottom: Double
    let top: Double
  }

  let shown: Shown
  let runs: [[Point]]

  var values: [Double] { runs.joined().flatMap { [$0.bottom, $0.top] } }

  /// - Parameters:
  ///   - isStacked: each on top of those before it, but for limits, which are not part of the whole.
  ///   - step: the time between two points; a longer one is a gap.
  static func all(of shown: [Shown], isStacked: Bool, step: Double) -> [Curve] {
    var floors: [Double: Double] = [:]
    return shown.map { one in
      let look = one.query.look
      let points = one.series.points.map { point -> Point in
        let value = look.isMirrored ? -point.value : point.value
        guard isStacked, !look.isDashed, value.isFinite else {
          return Point(seconds: point.seconds, bottom: 0, top: value)
        }
        let floor = floors[point.seconds, default: 0]
        floors[point.seconds] = floor + value
        return Point(seconds: point.seconds, bottom: floor, top: floor + value)
      }
      return Curve(shown: one, runs: runs(of: points, step: step))
    }
  }

  /// Broken where a value is no number or has no end, and where a step is missing.
  private static func runs(of points: [Point], step: Double) -> [[Point]] {
    var runs: [[Point]] = []
    var isOpen = false
    for point in points {
      guard point.top.isFinite else {
        isOpen = false
        continue
      }
      if isOpen, let last = runs.last?.last, point.seconds - last.seconds <= step * 1.5 {
        runs[runs.count - 1].append(point)
      } else {
        runs.append([point])
      }
      isOpen = true
    }
    return runs
  }
}
