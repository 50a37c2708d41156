import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_network_up`, `node_network_info` and the properties of each interface in `/sys/class/net`
/// (https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-class-net). 22 files an interface, each read once a
/// scrape: an address, a name's origin, even the type (a bond's, a tun's) can change while the device lives. The files
/// of the first interfaces are held open.
struct NetclassCollector: NodeCollector {
  let name = "netclass"
  let help = "Propiedades de las interfaces de red (/sys/class/net)."

  private static let ignoredDevices = Flag(
    "collector.netclass.ignored-devices", placeholder: "REGEX", default: "^$",
    "Interfaces que netclass no mira, como expresión regular.")
  private static let ignoreInvalidSpeed = Flag(
    "collector.netclass.ignore-invalid-speed", .toggle,
    "No exporta la velocidad de las interfaces que no la conocen (-1).")
  private static let netlink = Flag(
    "collector.netclass.netlink", .toggle, "Se acepta por compatibilidad: los datos se leen siempre de sysfs.")
  private static let netlinkStatistics = Flag(
    "collector.netclass_rtnl.with-stats", .toggle, "Se acepta por compatibilidad: las estadísticas son de netdev.")
  static let flags = [ignoredDevices, ignoreInvalidSpeed, netlink, netlinkStatistics]

  /// Of 22 files each; most servers have fewer, and a process may usually have 1,024.
  private static let maximumOpenInterfaces = 10

  private let filter: NameFilter
  private let interfaces = OpenDevices(attributes, maximumDevices: maximumOpenInterfaces)
  private let ignoresInvalidSpeed: Bool

  init(_ flags: FlagValues) throws {
    filter = try NameFilter(flags, include: nil, exclude: Self.ignoredDevices)
    ignoresInvalidSpeed = flags.isOn(Self.ignoreInvalidSpeed)
  }

  private typealias Property = (attribute: String, family: Family<Gauge, Host.Netclass.Device>)

  private static let properties: [Property] = [
    ("addr_assign_type", Host.Netclass.addressAssignType), ("carrier", Host.Netclass.carrier),
    ("dev_id", Host.Netclass.deviceID), ("dormant", Host.Netclass.dormant),
    ("ifindex", Host.Netclass.interfaceID), ("iflink", Host.Netclass.interfaceLink),
    ("link_mode", Host.Netclass.interfaceLinkMode), ("mtu", Host.Netclass.mtu),
    ("name_assign_type", Host.Netclass.nameAssignType), ("netdev_group", Host.Netclass.deviceGroup),
    ("tx_queue_len", Host.Netclass.transmitQueueLength), ("type", Host.Netclass.protocolType),
  ]
  private static let changes: [(attribute: String, family: Family<Counter, Host.Netclass.Device>)] = [
    ("carrier_changes", Host.Netclass.carrierChanges), ("carrier_up_count", Host.Netclass.carrierUpChanges),
    ("carrier_down_count", Host.Netclass.carrierDownChanges),
  ]

  private static let attributes =
    properties.map(\.attribute) + changes.map(\.attribute)
    + ["address", "broadcast", "duplex", "flags", "ifalias", "operstate", "speed"]

  /// The kernel's unit is megabits (10⁶) a second.
  private static let bytesPerSpeed = 125_000.0

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let path = host.sys("class/net")
    guard let directory = try? SysfsDirectory(path, of: host) else { throw NothingToRead(path) }
    interfaces.forEach(try directory.names().filter { filter.allows($0) }, in: directory, on: host) { name, device in
      add(device, Host.Netclass.Device(name), to: &batch)
    }
  }

  private func add(_ device: OpenAttributes, _ label: Host.Netclass.Device, to batch: inout SampleBatch) {
    let operstate = device.text("operstate") ?? ""
    let flags = device.integer("flags")
    batch.add(Host.Netclass.up, label, operstate == "up" ? 1 : 0)
    batch.add(
      Host.Netclass.info,
      Host.Netclass.InfoLabels(
        label.labelValue, address: device.text("address") ?? "", broadcast: device.text("broadcast") ?? "",
        duplex: device.text("duplex") ?? "", operstate: operstate, adminstate: Self.adminstate(flags),
        ifalias: device.text("ifalias") ?? ""), 1)
    if let flags { batch.add(Host.Netclass.flags, label, Double(flags)) }
    for property in Self.properties {
      if let value = device.integer(property.attribute) { batch.add(property.family, label, Double(value)) }
    }
    for change in Self.changes {
      if let value = device.integer(change.attribute) { batch.add(change.family, label, Double(value)) }
    }
    if let speed = device.integer("speed"), speed >= 0 || !ignoresInvalidSpeed {
      batch.add(Host.Netclass.speed, label, Double(speed) * Self.bytesPerSpeed)
    }
  }

  private static func adminstate(_ flags: Int?) -> String {
    guard let flags else { return "unknown" }
    return flags & Int(IFF_UP) == 0 ? "down" : "up"
  }
}
