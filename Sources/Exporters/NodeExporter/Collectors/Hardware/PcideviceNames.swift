import ExporterKit
import Synchronization

/// What a PCI device is, in numbers.
struct PcideviceID: Hashable {
  private let device: [Int]
  private let kind: Int
  private let revision: Int

  /// nil where the device does not say it all.
  init?(_ attributes: borrowing SysfsDirectory) {
    guard let kind = attributes.integer("class"), let vendor = attributes.integer("vendor"),
      let device = attributes.integer("device"), let subsystemVendor = attributes.integer("subsystem_vendor"),
      let subsystem = attributes.integer("subsystem_device"), let revision = attributes.integer("revision")
    else { return nil }
    self.kind = kind
    self.device = [vendor, device, subsystemVendor, subsystem]
    self.revision = revision
  }

  /// In the order of the catalogue's names.
  var labels: [String] {
    ["0x" + Self.hexadecimal(kind, 6)] + device.map { "0x" + Self.hexadecimal($0, 4) }
      + ["0x" + Self.hexadecimal(revision, 2)]
  }

  private var digits: [String] { device.map { Self.hexadecimal($0, 4) } }
  private var classDigits: String { Self.hexadecimal(kind, 6) }

  /// What `pci.ids` is asked: vendors, devices, subsystems and classes, as `PcideviceNames` calls them.
  var keys: [String] {
    let (digits, kind) = (digits, classDigits)
    return [
      digits[0], digits[2], "\(digits[0]) \(digits[1])", digits.joined(separator: " "), "C \(kind.prefix(2))",
      "C \(kind.prefix(4))", "C \(kind.prefix(6))",
    ]
  }

  /// In the order of the catalogue's names; the number where there is no name.
  func names(in names: [String: String]) -> [String] {
    let digits = digits
    let classKeys = keys.suffix(3).reversed()
    return [
      names[digits[0]] ?? digits[0], names["\(digits[0]) \(digits[1])"] ?? digits[1], names[digits[2]] ?? digits[2],
      names[digits.joined(separator: " ")] ?? digits[3],
      classKeys.lazy.compactMap { names[$0] }.first ?? "Unknown class (\(classDigits))",
    ]
  }

  static func hexadecimal(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

/// Names from `pci.ids` (https://pci-ids.ucw.cz). The file has some 40,000 lines: it is read when a device is seen that
/// was not there before, and only the names of what is there are kept.
final class PcideviceNames: Sendable {
  private static let defaultFiles = ["/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"]

  private let files: [String]
  private let known = Mutex<(ids: Set<PcideviceID>, names: [String: String])>(([], [:]))

  /// - Parameter file: nil for where distributions put it.
  init(file: String?) { files = file.map { [$0] } ?? Self.defaultFiles }

  /// By key; without the file no name at all.
  func names(of ids: [PcideviceID], on host: NodeHost) -> [String: String] {
    known.withLock { known in
      if !known.ids.isSuperset(of: ids) {
        let keys = Set(ids.flatMap(\.keys))
        let names = files.lazy.compactMap { file in try? host.withBytes(of: file) { Self.names(keys, in: $0) } }.first
        known = (Set(ids), names ?? [:])
      }
      return known.names
    }
  }

  /// A line's tabs tell its level: vendor, device, subsystem, or behind `C` class, subclass, interface. Number and name
  /// are two blanks apart.
  static func names(_ wanted: Set<String>, in text: Bytes) -> [String: String] {
    var names: [String: String] = [:]
    var path: [String] = []
    text.forEachLine { line in
      guard !line.isEmpty, line[0] != UInt8(ascii: "#") else { return }
      var level = 0
      while line[level] == UInt8(ascii: "\t") { level += 1 }
      guard level <= path.count, level <= 2 else { return }
      guard let gap = gap(in: line) else { return }
      let own = line.part(level..<gap).trimmed.string
      path.removeSubrange(level...)
      path.append(own)
      let key = path.count > 1 && path[0].hasPrefix("C ") ? path.joined() : path.joined(separator: " ")
      if wanted.contains(key) { names[key] = line.part(gap..<line.count).trimmed.string }
    }
    return names
  }

  private static func gap(in line: Bytes) -> Int? {
    var start = 0
    while let blank = line.firstIndex(of: UInt8(ascii: " "), from: start) {
      if line[blank + 1] == UInt8(ascii: " ") { return blank }
      start = blank + 1
    }
    return nil
  }
}
