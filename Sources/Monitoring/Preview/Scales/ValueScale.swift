import Foundation

/// A vertical axis: from the values that are shown to pixels, between ticks that are round numbers.
struct ValueScale {
  static let intervalsWanted = 4.0

  let ticks: [Double]
  private let low: Double
  private let high: Double

  /// - Parameters:
  ///   - values: what must be seen; zero always is.
  ///   - limits: what the scale has at least.
  ///   - base: what its steps are round multiples of.
  init(showing values: [Double], limits: ClosedRange<Double>? = nil, base: (_ greatest: Double) -> Double = { _ in 1 })
  {
    let seen =
      values.filter(\.isFinite) + [0] + (limits.map { [$0.lowerBound, $0.upperBound] } ?? []).filter(\.isFinite)
    let least = seen.min() ?? 0
    // Of nothing but zeros, from zero to one.
    let greatest = seen.max().flatMap { $0 > least ? $0 : nil } ?? least + 1
    let span = greatest - least
    let base = base(max(abs(least), abs(greatest)))
    let step = base * Self.round(span / base / Self.intervalsWanted)
    let first = (least / step + 1e-9).rounded(.down)
    let last = (greatest / step - 1e-9).rounded(.up)
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    (low, high) = (first * step, last * step)
  }

  /// How high in the box a value stands.
  func y(of value: Double, in box: Box) -> Double { box.bottom - (value - low) / (high - low) * box.height }

  func shows(_ value: Double) -> Bool { (low...high).contains(value) }

  /// The first of 1, 2, 5, 10, 20, … that is not less.
  private static func round(_ step: Double) -> Double {
    let power = pow(10, log10(step).rounded(.down))
    return ([1, 2, 5].map { $0 * power }.first { $0 >= step * (1 - 1e-9) }) ?? 10 * power
  }
}
