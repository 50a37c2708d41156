import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_network_route*`: the unicast routes of all tables, and their number by device; two questions to rtnetlink(7).
struct NetworkRouteCollector: NodeCollector {
  let name = "network_route"
  let isDefault = false
  let help = "Rutas de red."

  private static let getRoute: UInt16 = 26
  private static let unicast: UInt8 = 1

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    let devices = try NetworkLinks.names(host)
    var routes: [Route] = []
    let anyFamily = [UInt8](repeating: 0, count: Route.headerBytes)
    let session = try NetlinkSession(.route, on: host)
    try session.ask(NetlinkRequest(Self.getRoute, isDump: true, head: anyFamily)) { message in
      if message[7] == Self.unicast { routes.append(Route(message)) }
    }
    Self.add(routes, devices, to: &batch)
  }

  static func add(_ routes: [Route], _ devices: [UInt64: String], to batch: inout SampleBatch) {
    var counts: [String: Int] = [:]
    for route in routes {
      for hop in route.hops {
        let device = devices[hop.interface] ?? ""
        counts[device, default: 0] += 1
        batch.add(
          Host.NetworkRoute.info,
          .init([
            device, IPAddress.text(route.source), route.destinationText, IPAddress.text(hop.gateway),
            String(route.priority), Route.protocolName(route.protocolNumber), hop.weight.map { String($0) } ?? "",
          ]), 1)
      }
    }
    for (device, count) in counts.sorted(by: { $0.key < $1.key }) {
      batch.add(Host.NetworkRoute.routes, Host.Device(device), Double(count))
    }
  }
}

/// One route, as rtnetlink(7) says it.
struct Route {
  /// Where it leads; the weight only where there are several.
  struct Hop {
    var interface: UInt64
    var gateway: [UInt8] = []
    var weight: Int?
  }

  /// struct rtmsg: family, lengths of destination and source, TOS, table, protocol, scope, type, flags.
  static let headerBytes = 12
  private static let hopBytes = 8

  let destinationLength: UInt8
  let protocolNumber: UInt8
  private(set) var destination: [UInt8] = []
  private(set) var source: [UInt8] = []
  private(set) var priority: UInt64 = 0
  private(set) var hops: [Hop] = []

  /// Addresses as bytes; what is not said stays empty.
  init(_ message: Bytes) {
    destinationLength = message[1]
    protocolNumber = message[5]
    var single = Hop(interface: 0)
    var many: [Hop] = []
    message.part(Self.headerBytes..<max(Self.headerBytes, message.count)).forEachAttribute { kind, value in
      switch kind {
      case 1: destination = Self.bytes(value)
      case 4: single.interface = value.littleEndian
      case 5: single.gateway = Self.bytes(value)
      case 6: priority = value.littleEndian
      case 7: source = Self.bytes(value)
      case 9: many = Self.hops(value)
      default: break
      }
    }
    hops = many.isEmpty ? [single] : many
  }

  private static func bytes(_ value: Bytes) -> [UInt8] { (0..<value.count).map { value[$0] } }

  /// struct rtnexthop: length, flags, hops, interface; attributes of its own follow.
  private static func hops(_ value: Bytes) -> [Hop] {
    var hops: [Hop] = []
    var offset = 0
    while offset + hopBytes <= value.count {
      let length = Int(value.littleEndian(at: offset, bytes: 2))
      guard length >= hopBytes, offset + length <= value.count else { break }
      var hop = Hop(interface: value.littleEndian(at: offset + 4, bytes: 4), weight: Int(value[offset + 3]) + 1)
      value.part(offset + hopBytes..<offset + length).forEachAttribute { kind, gateway in
        if kind == 5 { hop.gateway = bytes(gateway) }
      }
      hops.append(hop)
      offset += (length + 3) & ~3
    }
    return hops
  }

  var destinationText: String {
    destinationLength == 0 ? "default" : "\(IPAddress.text(destination))/\(destinationLength)"
  }

  /// linux/rtnetlink.h, RTPROT_*.
  static func protocolName(_ number: UInt8) -> String { protocolNames[number] ?? "unknown" }

  private static let protocolNames: [UInt8: String] = [
    0: "unspec", 1: "redirect", 2: "kernel", 3: "boot", 4: "static", 8: "gated", 9: "ra", 10: "mrt", 11: "zebra",
    12: "bird", 13: "dnrouted", 14: "xorp", 15: "ntk", 16: "dhcp", 17: "mrouted", 42: "babel", 186: "bgp",
    187: "isis", 188: "ospf", 189: "rip", 192: "eigrp",
  ]
}
