import Catalog
import ExporterKit
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
}

/// A sensor's file, as its name tells it, with the families of its value.
struct HwmonFile {
  let sensor: HwmonSensor
  let element: String
  /// nil for a frequency's input and for a label.
  let reading: HwmonReading?
  /// The same where the sensor has a file without an element too: `input` is then another value.
  let readingBeside: HwmonReading?

  /// nil for what is no sensor's file.
  init?(_ name: String) {
    guard let (sensor, element) = HwmonSensor.parse(name) else { return nil }
    self.sensor = sensor
    self.element = element
    let isValue = element != "label"
    reading = isValue ? HwmonReading(sensor.kind, element, isInputBeside: false) : nil
    readingBeside = element == "input" ? HwmonReading(sensor.kind, element, isInputBeside: true) : reading
  }
}

/// What the files of one sensor say.
struct HwmonElements {
  let sensor: HwmonSensor
  private var values: [(file: HwmonFile, value: Double?)] = []
  private var label: String?

  init(of sensor: HwmonSensor) { self.sensor = sensor }

  /// - Parameter text: what the file says, without the end of its line.
  mutating func set(_ file: HwmonFile, _ text: Bytes) {
    if file.element == "label" {
      label = text.string
    } else {
      // The device's own file of the same name comes later, and wins.
      values.removeAll { $0.file.element == file.element }
      values.append((file, text.integer.map { Double($0) } ?? text.double))
    }
  }

  /// Of the file without an element.
  private var plain: (isThere: Bool, value: Double?) {
    values.first { $0.file.element.isEmpty }.map { (true, $0.value) } ?? (false, nil)
  }

  func add(of chip: String, to batch: inout SampleBatch) {
    let labels = Pair(Host.Hwmon.Chip(chip), Host.Hwmon.Sensor(sensor.label))
    if let label {
      batch.add(Host.Hwmon.sensorLabel, .init(labels.a, labels.b, Host.Hwmon.LabelText(label)), 1)
    }
    switch sensor.kind {
    case "beep_enable": batch.add(Host.Hwmon.beepEnabled, labels, plain.value == 1 ? 1 : 0)
    case "vrm":
      if let version = plain.value { batch.add(Host.Hwmon.voltageRegulatorVersion, labels, version) }
    case "update_interval":
      if let interval = plain.value { batch.add(Host.Hwmon.updateInterval, labels, interval * 0.001) }
    default:
      let (isPlain, labelValues) = (plain.isThere, labels.labelValues)
      for (file, value) in values {
        guard let value else { continue }
        if let reading = isPlain ? file.readingBeside : file.reading {
          batch.add(reading.family, labelValues: labelValues, reading.value(value))
        } else {
          addFrequency(value, chip, to: &batch)
        }
      }
    }
  }

  /// A graphics clock: its label stands where the sensor's name does, without one it is not exported.
  private func addFrequency(_ hertz: Double, _ chip: String, to batch: inout SampleBatch) {
    guard let label else { return }
    batch.add(Self.frequency, labelValues: [chip, HwmonName.cleaned(label)], hertz / 1e6)
  }

  private static let frequency = Host.Hwmon.family(
    "freq_freq_mhz", help: "Hardware monitor for GPU frequency in MHz", isCounter: false)
}
