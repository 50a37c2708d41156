import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_network_*_total`: traffic of the devices, from rtnetlink(7) in one question, or from `/proc/net/dev`.
struct NetdevCollector: NodeCollector {
  private static let include = Flag(
    "collector.netdev.device-include", placeholder: "REGEXP", "Qué dispositivos exportar; o device-exclude.")
  private static let exclude = Flag(
    "collector.netdev.device-exclude", placeholder: "REGEXP", "Qué dispositivos no exportar; o device-include.")
  private static let oldInclude = Flag(
    "collector.netdev.device-whitelist", placeholder: "REGEXP", "Nombre viejo de device-include.")
  private static let oldExclude = Flag(
    "collector.netdev.device-blacklist", placeholder: "REGEXP", "Nombre viejo de device-exclude.")
  private static let netlink = Flag(
    "collector.netdev.netlink", .toggle, default: "true", "Pregunta por netlink en lugar de leer /proc/net/dev.")
  private static let detailed = Flag(
    "collector.netdev.enable-detailed-metrics", .toggle,
    "Exporta cada causa de error por separado, con nombres incompatibles.")
  private static let alias = Flag(
    "collector.netdev.label-ifalias", .toggle, "Agrega la etiqueta ifalias, de /sys/class/net.")
  private static let addressInfo = Flag(
    "collector.netdev.address-info", .toggle, "Exporta además las direcciones de cada dispositivo.")
  static let flags = [include, exclude, oldInclude, oldExclude, netlink, detailed, alias, addressInfo]

  let name = "netdev"
  let help = "Tráfico de los dispositivos de red."
  private let filter: NameFilter
  private let usesNetlink: Bool
  private let hasAlias: Bool
  private let hasAddresses: Bool
  private let linkTable: NetdevTable
  private let fileTable: NetdevTable

  init(_ flags: FlagValues) throws {
    filter = try NameFilter(
      flags, eitherInclude: flags.isGiven(Self.oldInclude) ? Self.oldInclude : Self.include,
      orExclude: flags.isGiven(Self.oldExclude) ? Self.oldExclude : Self.exclude)
    usesNetlink = flags.isOn(Self.netlink)
    hasAlias = flags.isOn(Self.alias)
    hasAddresses = flags.isOn(Self.addressInfo)
    let isDetailed = flags.isOn(Self.detailed)
    linkTable = NetdevTable(isDetailed ? NetdevTable.detailedLink : NetdevTable.link, hasAlias: hasAlias)
    fileTable = NetdevTable(isDetailed ? NetdevTable.detailedFile : NetdevTable.file, hasAlias: hasAlias)
  }

  /// What was read of one device: its labels, and a number for each column of the source.
  struct Device {
    let labels: [String]
    let columns: [UInt64]
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    if usesNetlink, let devices = try askKernel(host) {
      linkTable.add(devices, to: &batch)
    } else {
      fileTable.add(try readFile(host), to: &batch)
    }
    if hasAddresses { NetworkAddresses.add(filter, to: &batch) }
  }

  /// nil where there are no netlink sockets to be had.
  private func askKernel(_ host: NodeHost) throws -> [Device]? {
    var devices: [Device] = []
    do {
      try NetworkLinks.forEach(host) { link in
        guard filter.allows(link.name), !link.statistics.isEmpty else { return }
        let columns = (0..<link.statistics.count / 8).map { link.statistics.littleEndian(at: $0 * 8, bytes: 8) }
        devices.append(Device(labels: labels(link.name, host), columns: columns))
      }
    } catch {
      return nil
    }
    return devices
  }

  private func readFile(_ host: NodeHost) throws -> [Device] {
    var devices: [Device] = []
    try host.withBytes(of: host.proc("net/dev")) { bytes in
      bytes.forEachLine { line in
        // `  eth0: 1 2 …`; the headings have no colon, and an alias such as eth0:1 has one in its name.
        guard let colon = line.lastIndex(of: UInt8(ascii: ":")) else { return }
        let device = line.part(0..<colon).trimmed.string
        let columns = line.part(colon + 1..<line.count).fields.map(\.unsigned)
        guard columns.count >= NetdevTable.fileColumns, !columns.contains(nil), filter.allows(device) else { return }
        devices.append(Device(labels: labels(device, host), columns: columns.compactMap { $0 }))
      }
    }
    return devices
  }

  private func labels(_ device: String, _ host: NodeHost) -> [String] {
    hasAlias ? [device, host.text(host.sys("class/net/\(device)/ifalias")) ?? ""] : [device]
  }
}
