import Catalog
import MetricModel
import Telemetry

/// What a sensor is called in the file names, for example `temp1` of `temp1_crit_alarm`.
struct HwmonSensor {
  let kind: String
  /// The kind and its number.
  let label: String

  private static let kinds: Set<String> = [
    "vrm", "beep_enable", "update_interval", "in", "cpu", "fan", "pwm", "temp", "curr", "power", "energy", "humidity",
    "intrusion", "freq",
  ]

  /// `<kind><number>_<element>`; number and element may be absent. nil for what is no sensor's file.
  static func parse(_ file: String) -> (HwmonSensor, element: String)? {
    let bytes = file.utf8
    var kind = bytes.prefix { !isDigit($0) }
    guard !kind.isEmpty else { return nil }
    var digits = bytes[kind.endIndex...].prefix(while: isDigit)
    var rest = bytes[digits.endIndex...]
    if !rest.isEmpty, rest.first != underscore || rest.count == 1 {
      // The digits belong to the element: `in_1x` is element `1x` of `in`.
      guard let split = kind.lastIndex(of: underscore), split > kind.startIndex else { return nil }
      (kind, digits, rest) = (bytes[..<split], bytes[split..<split], bytes[split...])
    }
    let name = String(Substring(kind))
    guard kinds.contains(name), let number = digits.isEmpty ? 0 : Int(Substring(digits)) else { return nil }
    return (HwmonSensor(kind: name, label: "\(name)\(number)"), String(Substring(rest.dropFirst())))
  }

  private static let underscore = UInt8(ascii: "_")
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  func add(_ elements: HwmonElements, of chip: String, to batch: inout SampleBatch) {
    let labels = Pair(Host.Hwmon.Chip(chip), Host.Hwmon.Sensor(label))
    if let text = elements["label"] {
      batch.add(Host.Hwmon.sensorLabel, .init(labels.a, labels.b, Host.Hwmon.LabelText(text)), 1)
    }
    switch kind {
    case "beep_enable": batch.add(Host.Hwmon.beepEnabled, labels, elements[""] == "1" ? 1 : 0)
    case "vrm":
      if let version = elements[""].flatMap(Double.init) {
        batch.add(Host.Hwmon.voltageRegulatorVersion, labels, version)
      }
    case "update_interval":
      if let interval = elements[""].flatMap(Double.init) {
        batch.add(Host.Hwmon.updateInterval, labels, interval * 0.001)
      }
    default:
      for (element, text) in elements.all where element != "label" {
        guard let value = Double(text) else { continue }
        let isInputBeside = element == "input" && elements[""] != nil
        guard let reading = HwmonReading(kind, element, isInputBeside: isInputBeside) else {
          addFrequency(value, labelled: elements["label"], chip, to: &batch)
          continue
        }
        let family = Host.Hwmon.family(reading.name, help: reading.help, isCounter: kind == "energy")
        batch.add(family, labelValues: labels.labelValues, reading.value(value))
      }
    }
  }

  /// A graphics clock: its label stands where the sensor's name does, without one it is not exported.
  private func addFrequency(
    _ hertz: Double, labelled text: String?, _ chip: String, to batch: inout SampleBatch
  ) {
    guard let text else { return }
    let family = Host.Hwmon.family(
      "freq_freq_mhz", help: "Hardware monitor for GPU frequency in MHz", isCounter: false)
    batch.add(family, labelValues: [chip, HwmonName.cleaned(text)], hertz / 1e6)
  }
}

/// What the files of one sensor say, by element; the file without an element is "".
struct HwmonElements {
  private(set) var all: [(element: String, text: String)] = []

  subscript(element: String) -> String? { all.first { $0.element == element }?.text }

  mutating func set(_ element: String, _ text: String) {
    all.removeAll { $0.element == element }
    all.append((element, text))
  }
}
