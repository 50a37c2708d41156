import Foundation
import Grafana

/// A value in words, as Grafana would write it in that unit
/// (grafana/grafana `packages/grafana-data/src/valueFormats`).
struct UnitText {
  let unit: DisplayUnit
  /// Digits after the point; three significant ones where nil.
  var decimals: Int?

  func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-∞" : "∞" }
    switch unit {
    case .percent: return number(value) + "%"
    case .ratio: return number(value * 100) + "%"
    case .milliseconds: return seconds(value / 1000)
    case .seconds: return seconds(value)
    case .bytes: return scaled(value, by: 1024, [" B", " KiB", " MiB", " GiB", " TiB"])
    case .bytesPerSecond: return scaled(value, by: 1024, [" B/s", " KiB/s", " MiB/s", " GiB/s", " TiB/s"])
    case .requestsPerSecond: return thousands(value) + " req/s"
    case .operationsPerSecond: return thousands(value) + " ops/s"
    case .perMinute: return thousands(value) + "/min"
    case .perHour: return thousands(value) + "/h"
    case .pesos: return (value < 0 ? "-$" : "$") + thousands(abs(value))
    default: return thousands(value)
    }
  }

  /// What steps of an axis up to this value are multiples of, so that they read as round numbers.
  func base(upTo value: Double) -> Double {
    switch unit {
    case .bytes, .bytesPerSecond:
      var base = 1.0
      while value >= base * 1024, base < 1e12 { base *= 1024 }
      return base
    case .seconds: return Self.clock.last { value >= $0.seconds }?.seconds ?? 1
    case .milliseconds: return 1000 * (Self.clock.last { value >= 1000 * $0.seconds }?.seconds ?? 0.001)
    default: return 1
    }
  }

  private static let clock: [(seconds: Double, name: String)] = [
    (1e-9, " ns"), (1e-6, " µs"), (1e-3, " ms"), (1, " s"), (60, " min"), (3600, " h"), (86_400, " d"),
  ]

  private func seconds(_ value: Double) -> String {
    if value == 0 { return "0 s" }
    let step = Self.clock.last { abs(value) >= $0.seconds } ?? Self.clock[0]
    return number(value / step.seconds) + step.name
  }

  private func thousands(_ value: Double) -> String { scaled(value, by: 1000, ["", " K", " M", " G", " T"]) }

  private func scaled(_ value: Double, by base: Double, _ names: [String]) -> String {
    var (rest, index) = (value, 0)
    while abs(rest) >= base, index + 1 < names.count { (rest, index) = (rest / base, index + 1) }
    return number(rest) + names[index]
  }

  private func number(_ value: Double) -> String {
    let wanted = decimals ?? max(0, 2 - Int(log10(max(abs(value), 1e-9)).rounded(.down)))
    let text = String(format: "%.\(wanted)f", value)
    guard decimals == nil, text.contains(".") else { return text == "-0" ? "0" : text }
    let short = text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()
    return String(short) == "-0" ? "0" : String(short)
  }
}
