import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_arp_entries`: the IPv4 neighbours, counted by device; from rtnetlink(7), which says the same as `/proc/net/arp`
/// in a third of the bytes, or from that file.
struct ArpCollector: NodeCollector {
  private static let include = Flag(
    "collector.arp.device-include", placeholder: "REGEXP", "Qué dispositivos exportar; o device-exclude.")
  private static let exclude = Flag(
    "collector.arp.device-exclude", placeholder: "REGEXP", "Qué dispositivos no exportar; o device-include.")
  private static let netlink = Flag(
    "collector.arp.netlink", .toggle, default: "true", "Pregunta por netlink en lugar de leer /proc/net/arp.")
  static let flags = [include, exclude, netlink]

  let name = "arp"
  let help = "Vecinos IPv4 (ARP) por dispositivo."
  private let filter: NameFilter
  private let usesNetlink: Bool

  init(_ flags: FlagValues) throws {
    filter = try NameFilter(flags, include: Self.include, exclude: Self.exclude)
    usesNetlink = flags.isOn(Self.netlink)
  }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let counts = try usesNetlink ? Self.ask(host) ?? Self.readFile(host) : Self.readFile(host)
    for (device, count) in counts.sorted(by: { $0.key < $1.key }) where filter.allows(device) {
      batch.add(Host.Arp.entries, Host.Device(device), Double(count))
    }
  }

  private static let getNeighbour: UInt16 = 30
  private static let inet: UInt8 = 2
  /// NUD_NOARP: an address that needs no resolution, which the file leaves out too.
  private static let needsNoResolution: UInt64 = 0x40

  /// nil where there are no netlink sockets to be had.
  private static func ask(_ host: NodeHost) throws -> [String: Int]? {
    var counts: [UInt64: Int] = [:]
    do {
      let session = try NetlinkSession(.route, on: host)
      // struct ndmsg: family, padding, index, state, flags, type.
      let family = [inet] + [UInt8](repeating: 0, count: 11)
      try session.ask(NetlinkRequest(getNeighbour, isDump: true, head: family)) { message in
        guard message[0] == inet, message.littleEndian(at: 8, bytes: 2) & needsNoResolution == 0 else { return }
        counts[message.littleEndian(at: 4, bytes: 4), default: 0] += 1
      }
    } catch {
      return nil
    }
    return Dictionary(
      counts.compactMap { index, count in NetworkLinks.name(index).map { ($0, count) } }, uniquingKeysWith: &+)
  }

  private static func readFile(_ host: NodeHost) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    try host.withBytes(of: host.proc("net/arp")) { bytes in
      var isHeading = true
      bytes.forEachLine { line in
        defer { isHeading = false }
        // IP address, HW type, Flags, HW address, Mask, Device
        var fields = line.fields
        fields.skip(5)
        guard !isHeading, let device = fields.next() else { return }
        counts[device.string, default: 0] += 1
      }
    }
    return counts
  }
}
