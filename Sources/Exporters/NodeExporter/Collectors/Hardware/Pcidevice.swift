import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_pcidevice_*` from `/sys/bus/pci/devices` (https://docs.kernel.org/PCI/sysfs-pci.html): up to 18 files a device.
struct PcideviceCollector: NodeCollector {
  let name = "pcidevice"
  let isDefault = false
  let help = "Dispositivos PCI: identificación, enlace y energía."

  private static let idsfile = Flag(
    "collector.pcidevice.idsfile", placeholder: "ARCHIVO",
    "Archivo pci.ids con los nombres; de fábrica, el de /usr/share/misc o /usr/share/hwdata.")
  private static let names = Flag(
    "collector.pcidevice.names", .toggle, "Agrega los nombres de los dispositivos, según pci.ids.")
  static let flags = [idsfile, names]

  private let resolver: PcideviceNames?
  private let info: FamilyDescriptor

  init(_ flags: FlagValues) {
    let hasNames = flags.isOn(Self.names)
    resolver = hasNames ? PcideviceNames(file: flags.text(Self.idsfile)) : nil
    info = Host.Pcidevice.info(hasNames: hasNames)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("bus/pci/devices")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    var found: [(labels: [String], ids: PcideviceID)] = []
    for name in try directory.names() {
      // A device may have been taken out.
      guard let parts = directory.link(name)?.split(separator: "/"), let own = parts.last.flatMap(Self.location),
        let device = try? SysfsDirectory(name, in: directory), let ids = PcideviceID(device)
      else { continue }
      // Whose parent is the root (`pci0000:00`) has none.
      let parent = parts.dropLast().last.flatMap(Self.location) ?? ["*", "*", "*", "*"]
      found.append((own + parent + ids.labels, ids))
      add(device, Host.Pcidevice.Location(own), to: &batch)
    }
    let names = resolver?.names(of: found.map(\.ids), on: host)
    for (labels, ids) in found {
      batch.add(info, labelValues: labels + (names.map { ids.names(in: $0) } ?? []), 1)
    }
  }

  /// `0000:45:00.0` in parts, as many digits as the standard exporter writes.
  static func location(_ text: Substring) -> [String]? {
    let parts = text.split { $0 == ":" || $0 == "." }
    guard parts.count == 4, parts.allSatisfy({ UInt32($0, radix: 16) != nil }) else { return nil }
    return zip(parts, [4, 2, 2, 1]).map { part, digits in
      PcideviceID.hexadecimal(Int(part, radix: 16) ?? 0, digits)
    }
  }

  private func add(_ device: borrowing SysfsDirectory, _ labels: Host.Pcidevice.Location, to batch: inout SampleBatch) {
    batch.add(Host.Pcidevice.maximumLinkSpeed, labels, Self.transfers(device.text("max_link_speed")))
    batch.add(Host.Pcidevice.linkSpeed, labels, Self.transfers(device.text("current_link_speed")))
    // The kernel says 255 for a width that it does not know.
    batch.add(Host.Pcidevice.maximumLinkWidth, labels, Double(device.integer("max_link_width") ?? -1))
    batch.add(Host.Pcidevice.linkWidth, labels, Double(device.integer("current_link_width") ?? -1))
    batch.add(Host.Pcidevice.d3coldAllowed, labels, device.integer("d3cold_allowed") ?? 0 == 0 ? 0 : 1)
    let autoprobe = device.integer("sriov_drivers_autoprobe") ?? 0
    batch.add(Host.Pcidevice.virtualAutoprobe, labels, autoprobe == 0 ? 0 : 1)
    batch.add(Host.Pcidevice.virtualFunctions, labels, Double(device.integer("sriov_numvfs") ?? 0))
    batch.add(Host.Pcidevice.virtualFunctionsSupported, labels, Double(device.integer("sriov_totalvfs") ?? 0))
    batch.add(Host.Pcidevice.virtualVectors, labels, Double(device.integer("sriov_vf_total_msix") ?? 0))
    if let state = device.text("power_state"), !state.isEmpty {
      for known in Host.Pcidevice.PowerState.allCases {
        batch.add(Host.Pcidevice.powerState, .init(labels, known), known.rawValue == state ? 1 : 0)
      }
    }
    if let node = device.integer("numa_node"), node != -1 { batch.add(Host.Pcidevice.numaNode, labels, Double(node)) }
  }

  /// `8.0 GT/s PCIe`; -1 where the kernel does not know.
  private static func transfers(_ text: String?) -> Double {
    guard let parts = text?.split(separator: " "), parts.count >= 2, parts[1] == "GT/s", let giga = Double(parts[0])
    else { return -1 }
    return giga * 1e9
  }
}
