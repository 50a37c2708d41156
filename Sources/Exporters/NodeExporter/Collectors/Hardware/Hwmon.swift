import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_hwmon_*`: every sensor of every chip in `/sys/class/hwmon`
/// (https://www.kernel.org/doc/html/latest/hwmon/sysfs-interface.html). A sensor behind a slow bus takes its
/// milliseconds at each read; whatever no flag lets pass is not read.
struct HwmonCollector: NodeCollector {
  let name = "hwmon"
  let help = "Sensores de temperatura, tensión, ventiladores y consumo (/sys/class/hwmon)."

  private static let chipInclude = Flag(
    "collector.hwmon.chip-include", placeholder: "REGEX", "Chips que se miran; se excluye con chip-exclude.")
  private static let chipExclude = Flag(
    "collector.hwmon.chip-exclude", placeholder: "REGEX", "Chips que no se miran; se excluye con chip-include.")
  private static let sensorInclude = Flag(
    "collector.hwmon.sensor-include", placeholder: "REGEX",
    "Sensores que se miran, como chip;sensor; se excluye con sensor-exclude.")
  private static let sensorExclude = Flag(
    "collector.hwmon.sensor-exclude", placeholder: "REGEX",
    "Sensores que no se miran, como chip;sensor; se excluye con sensor-include.")
  static let flags = [chipInclude, chipExclude, sensorInclude, sensorExclude]

  private let chips: NameFilter
  private let sensors: NameFilter

  init(_ flags: FlagValues) throws {
    chips = try NameFilter(flags, include: Self.chipInclude, exclude: Self.chipExclude)
    sensors = try NameFilter(flags, include: Self.sensorInclude, exclude: Self.sensorExclude)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("class/hwmon")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    for entry in try directory.names() {
      // A chip may have gone.
      guard let chip = try? SysfsDirectory(entry, in: directory) else { continue }
      let ownName = chip.text("name").map(HwmonName.cleaned) ?? ""
      let name = HwmonName.chip(chip.realPath(of: "device"), ownName: ownName, directory: entry)
      guard chips.allows(name) else { continue }
      if !ownName.isEmpty {
        batch.add(Host.Hwmon.chipNames, .init(Host.Hwmon.Chip(name), Host.Hwmon.ChipName(ownName)), 1)
      }
      for (sensor, elements) in read(chip, name) { sensor.add(elements, of: name, to: &batch) }
    }
  }

  /// The elements of each sensor that is wanted; the device's own files, where old drivers put theirs, win.
  private func read(_ chip: borrowing SysfsDirectory, _ name: String) -> [(sensor: HwmonSensor, HwmonElements)] {
    var positions: [String: Int] = [:]
    var found: [(sensor: HwmonSensor, HwmonElements)] = []
    func read(_ directory: borrowing SysfsDirectory) {
      for file in (try? directory.names()) ?? [] {
        guard let (sensor, element) = HwmonSensor.parse(file), sensors.allows("\(name);\(sensor.label)"),
          let value = try? directory.withBytes(of: file, { $0.withoutLineEnds.string })
        else { continue }
        let position = positions[sensor.label] ?? found.count
        if position == found.count {
          positions[sensor.label] = position
          found.append((sensor, HwmonElements()))
        }
        found[position].1.set(element, value)
      }
    }
    read(chip)
    if let device = try? SysfsDirectory("device", in: chip) { read(device) }
    return found
  }
}

extension Bytes {
  /// A label may begin or end with blanks; the kernel's line end is none of it.
  fileprivate var withoutLineEnds: Bytes {
    var end = count
    while end > 0, self[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    return part(0..<end)
  }
}
