import Foundation
import PromQL

/// The horizontal axis: moments of Buenos Aires' clock. Argentina has had no summer time since 2009.
struct ClockAxis {
  static let secondsEastOfGreenwich = -3 * 3600
  static let pixelsATick = 72.0
  private static let steps = [
    15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  ]

  let range: ShownRange

  func x(of seconds: Double, in box: Box) -> Double {
    box.x + (seconds - Double(range.start)) / Double(max(1, range.length.seconds)) * box.width
  }

  /// Grid lines and, under them, their times.
  func elements(in box: Box) -> [SVGElement] {
    let wanted = max(1, Int(box.width / Self.pixelsATick))
    let step = Self.steps.first { range.length.seconds / $0 <= wanted } ?? 2_592_000
    let local = range.start + Self.secondsEastOfGreenwich
    let first = (local + step - 1) / step * step - Self.secondsEastOfGreenwich
    return stride(from: first, through: range.end, by: step).flatMap { moment -> [SVGElement] in
      let x = self.x(of: Double(moment), in: box)
      // A label at the very edge would be cut.
      if x < box.x + 14 || x > box.right - 14 { return [] }
      return [
        .line(Spot(x: x, y: box.y), Spot(x: x, y: box.bottom), stroke: Theme.grid),
        .text(
          Self.text(of: moment, as: step >= 86_400 ? .day : .minute), at: Spot(x: x, y: box.bottom + 14), size: 10,
          color: Theme.muted, anchor: .middle),
      ]
    }
  }

  enum Detail { case minute, day, whole }

  static func text(of seconds: Int, as detail: Detail) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: secondsEastOfGreenwich) ?? .gmt
    let date = Date(timeIntervalSince1970: Double(seconds))
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    func two(_ number: Int?) -> String { String(format: "%02d", number ?? 0) }
    let (day, minute) = ("\(two(parts.day))/\(two(parts.month))", "\(two(parts.hour)):\(two(parts.minute))")
    switch detail {
    case .minute: return minute
    case .day: return day
    case .whole: return "\(day)/\(parts.year ?? 0) \(minute)"
    }
  }
}
