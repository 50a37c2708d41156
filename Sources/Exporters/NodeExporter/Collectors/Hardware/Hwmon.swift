import Catalog
import ExporterKit
import MetricModel
import Synchronization
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
  /// nil where every sensor is wanted.
  private let sensors: NameFilter?
  private let files = HwmonFiles()

  init(_ flags: FlagValues) throws {
    chips = try NameFilter(flags, include: Self.chipInclude, exclude: Self.chipExclude)
    let hasSensors = flags.text(Self.sensorInclude) != nil || flags.text(Self.sensorExclude) != nil
    sensors = hasSensors ? try NameFilter(flags, include: Self.sensorInclude, exclude: Self.sensorExclude) : nil
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("class/hwmon")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    for entry in try directory.names() {
      // A chip may have gone.
      guard let chip = try? SysfsDirectory(entry, in: directory) else { continue }
      let ownName = chip.text("name").map(HwmonName.cleaned) ?? ""
      let device = try? SysfsDirectory("device", in: chip)
      let name = HwmonName.chip(Self.realPath(of: device), ownName: ownName, directory: entry)
      guard chips.allows(name) else { continue }
      if !ownName.isEmpty {
        batch.add(Host.Hwmon.chipNames, .init(Host.Hwmon.Chip(name), Host.Hwmon.ChipName(ownName)), 1)
      }
      for elements in read(chip, device, name) { elements.add(of: name, to: &batch) }
    }
  }

  private static func realPath(of device: borrowing SysfsDirectory?) -> String? {
    switch device {
    case .some(let device): device.realPath
    case .none: nil
    }
  }

  /// The elements of each sensor that is wanted; the device's own files, where old drivers put theirs, win.
  private func read(
    _ chip: borrowing SysfsDirectory, _ device: borrowing SysfsDirectory?, _ name: String
  ) -> [HwmonElements] {
    var positions: [String: Int] = [:]
    var found: [HwmonElements] = []
    func read(_ directory: borrowing SysfsDirectory) {
      for entry in (try? directory.names()) ?? [] {
        guard let file = files[entry], sensors?.allows("\(name);\(file.sensor.label)") ?? true else { continue }
        try? directory.withBytes(of: entry) { text in
          let position = positions[file.sensor.label] ?? found.count
          if position == found.count {
            positions[file.sensor.label] = position
            found.append(HwmonElements(of: file.sensor))
          }
          found[position].set(file, text.withoutLineEnds)
        }
      }
    }
    read(chip)
    switch device {
    case .some(let device): read(device)
    case .none: break
    }
    return found
  }
}

/// What names of files say, kept from scrape to scrape: the names are the drivers' and always the same.
private final class HwmonFiles: Sendable {
  /// More than there are; past it the memory starts again.
  private static let maximumNames = 4096

  private let known = Mutex<[String: HwmonFile?]>([:])

  subscript(name: String) -> HwmonFile? {
    known.withLock { known in
      if let file = known[name] { return file }
      if known.count >= Self.maximumNames { known.removeAll() }
      let file = HwmonFile(name)
      known[name] = .some(file)
      return file
    }
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
