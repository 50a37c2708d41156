import Catalog
import MetricModel

/// The family of one element of a sensor, and what makes base units of the kernel's.
struct HwmonReading {
  let family: FamilyDescriptor
  private let scale: Scale

  /// Computed as the standard exporter does, so that the last digit is its too.
  private enum Scale {
    case one
    case thousandths
    case millionths
  }

  private init(_ name: String, _ help: String, _ scale: Scale = .one, isCounter: Bool = false) {
    family = Host.Hwmon.family(name, help: help, isCounter: isCounter)
    self.scale = scale
  }

  func value(_ raw: Double) -> Double {
    switch scale {
    case .one: raw
    case .thousandths: raw * 0.001
    case .millionths: raw / 1e6
    }
  }

  /// nil for a frequency's input, whose name its label decides.
  /// - Parameter isInputBeside: the value itself stands in a file without an element, so that `input` is another one.
  init?(_ kind: String, _ element: String, isInputBeside: Bool) {
    let suffix = element.isEmpty || (element == "input" && !isInputBeside) ? "" : "_" + HwmonName.cleaned(element)
    let name = kind + suffix
    switch (kind, element) {
    case (_, "fault"), (_, "alarm"): self.init(name, "Hardware sensor \(element) status (\(kind))")
    case (_, "beep"): self.init(name + "_enabled", "Hardware monitor sensor has beeping enabled")
    case ("in", _), ("cpu", _): self.init(name + "_volts", "Hardware monitor for voltage (\(element))", .thousandths)
    case ("temp", let element) where element != "type":
      self.init(
        name + "_celsius", "Hardware monitor for temperature (\(element.isEmpty ? "input" : element))", .thousandths)
    case ("curr", _): self.init(name + "_amps", "Hardware monitor for current (\(element))", .thousandths)
    case ("energy", _):
      self.init(
        name + "_joule_total", "Hardware monitor for joules used so far (\(element))", .millionths, isCounter: true)
    case ("power", "accuracy"): self.init(name, "Hardware monitor power meter accuracy, as a ratio", .millionths)
    case ("power", "average_interval"), ("power", "average_interval_min"), ("power", "average_interval_max"):
      self.init(name + "_seconds", "Hardware monitor power usage update interval (\(element))", .thousandths)
    case ("power", _): self.init(name + "_watt", "Hardware monitor for power usage in watts (\(element))", .millionths)
    case ("humidity", _):
      self.init(
        name,
        "Hardware monitor for humidity, as a ratio (multiply with 100.0 to get the humidity as a percentage) "
          + "(\(element))", .millionths)
    case ("fan", "input"), ("fan", "min"), ("fan", "max"), ("fan", "target"):
      self.init(name + "_rpm", "Hardware monitor for fan revolutions per minute (\(element))")
    case ("freq", "input"): return nil
    default: self.init(name, "Hardware monitor \(kind) element \(element)")
    }
  }
}

/// Names of chips and elements in the alphabet of metric names.
enum HwmonName {
  /// In lower case, `_` for every other character, none at the ends.
  static func cleaned(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> UInt8 in
      switch scalar {
      case "a"..."z", "0"..."9", ":", "_": UInt8(scalar.value)
      case "A"..."Z": UInt8(scalar.value) | 0x20
      default: underscore
      }
    }
    guard let first = scalars.firstIndex(where: { $0 != underscore }),
      let last = scalars.lastIndex(where: { $0 != underscore })
    else { return "" }
    return String(decoding: scalars[first...last], as: UTF8.self)
  }

  private static let underscore = UInt8(ascii: "_")

  /// What does not depend on the order in which modules were loaded: bus and device, else the chip's own name, else
  /// the directory's.
  /// - Parameter device: the real path behind the `device` link; nil where there is none.
  static func chip(_ device: String?, ownName: String, directory: String) -> String {
    let parts = (device ?? "").split(separator: "/").suffix(2).map { cleaned(String($0)) }
    if let name = parts.last, !name.isEmpty {
      return parts.count == 2 && parts[0] != "" ? "\(parts[0])_\(name)" : name
    }
    return ownName.isEmpty ? cleaned(directory) : ownName
  }
}
