import Catalog
import MetricModel

/// One row of `pg_settings`, normalised as postgres_exporter 0.11.1 does.
struct Setting {
  let name: String
  let value: String
  /// As the server names it: `ms`, `8kB`, …
  let unit: String?
  let description: String
  let isBoolean: Bool

  /// nil for a value that is no number.
  var sample: (FamilyDescriptor, Double)? {
    let shape = shape
    return shape.value(value).map { (shape.family, $0) }
  }

  /// A unit that we do not know leaves the number as it is.
  var shape: SettingShape {
    let name = metricName
    guard !isBoolean, let unit, let scale = Self.scale(of: unit) else {
      return SettingShape(family: PG.Settings.family(name, help: description, unit: nil), isBoolean: isBoolean)
    }
    let help = "\(description) [Units converted to \(scale.unit.rawValue).]"
    return SettingShape(
      family: PG.Settings.family("\(name)_\(scale.unit.rawValue)", help: help, unit: scale.unit), isBoolean: false,
      factor: scale.factor, divisor: scale.divisor)
  }

  /// The settings of an extension have a dot, and their names any character; one becomes one underscore. By bytes,
  /// since asking Unicode about 250 names was a fifth of a scrape.
  private var metricName: String {
    let bytes = name.utf8.filter { $0 & 0b1100_0000 != 0b1000_0000 }.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `8kB` is a unit of pages: the number before the letters multiplies. Source: PostgreSQL documentation, "Parameter
  /// Names and Values". Division keeps 10 ms at exactly 0.01.
  static func scale(of unit: String) -> (unit: Unit, factor: Double, divisor: Double)? {
    let digits = unit.prefix { $0.isNumber }
    guard let pages = digits.isEmpty ? 1 : Double(digits) else { return nil }
    switch unit.dropFirst(digits.count) {
    case "us": return (.seconds, pages, 1_000_000)
    case "ms": return (.seconds, pages, 1000)
    case "s": return (.seconds, pages, 1)
    case "min": return (.seconds, pages * 60, 1)
    case "h": return (.seconds, pages * 3600, 1)
    case "d": return (.seconds, pages * 86_400, 1)
    case "B": return (.bytes, pages, 1)
    case "kB": return (.bytes, pages * 0x1p10, 1)
    case "MB": return (.bytes, pages * 0x1p20, 1)
    case "GB": return (.bytes, pages * 0x1p30, 1)
    case "TB": return (.bytes, pages * 0x1p40, 1)
    default: return nil
    }
  }
}

/// What a setting becomes, whatever its value.
struct SettingShape: Sendable {
  let family: FamilyDescriptor
  let isBoolean: Bool
  var factor = 1.0
  var divisor = 1.0

  /// -1 means "off" or "as another setting", whatever the unit.
  func value(_ text: String) -> Double? {
    if isBoolean { return text == "on" ? 1 : 0 }
    return Double(text).map { $0 == -1 ? -1 : $0 * factor / divisor }
  }
}
