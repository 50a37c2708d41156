import ExporterKit
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Collector network_route")
struct NetworkRouteTests {
  private static func attribute(_ kind: UInt8, _ value: [UInt8]) -> [UInt8] {
    let bytes = [UInt8(value.count + 4), 0, kind, 0] + value
    return bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  /// struct rtmsg: family, destination length, source length, TOS, table, protocol, scope, type, flags.
  private static func route(_ length: UInt8, _ protocolNumber: UInt8, _ attributes: [UInt8]...) -> Route {
    let head: [UInt8] = [2, length, 0, 0, 254, protocolNumber, 0, 1, 0, 0, 0, 0]
    let bytes: [UInt8] = head + attributes.flatMap { $0 }
    return bytes.withUnsafeBytes { Route(Bytes($0)) }
  }

  private func page(_ routes: Route...) -> [String: Double] {
    var batch = SampleBatch()
    NetworkRouteCollector.add(routes, [2: "eth0", 3: "eth1"], to: &batch)
    return ProcfsTree.series(batch)
  }

  private static func info(
    _ device: String, _ source: String, _ destination: String, _ gateway: String, _ priority: Int, _ proto: String,
    _ weight: String
  ) -> String {
    #"node_network_route_info{device="\#(device)",src="\#(source)",dest="\#(destination)",gw="\#(gateway)","#
      + #"priority="\#(priority)",proto="\#(proto)",weight="\#(weight)"}"#
  }

  @Test("a default route and a network")
  func single() {
    let gateway = Self.route(
      0, 16, Self.attribute(4, [2, 0, 0, 0]), Self.attribute(5, [192, 0, 2, 1]), Self.attribute(6, [100, 0, 0, 0]))
    let network = Self.route(
      24, 2, Self.attribute(1, [192, 0, 2, 0]), Self.attribute(4, [2, 0, 0, 0]), Self.attribute(7, [192, 0, 2, 9]))
    #expect(
      page(gateway, network) == [
        Self.info("eth0", "", "default", "192.0.2.1", 100, "dhcp", ""): 1,
        Self.info("eth0", "192.0.2.9", "192.0.2.0/24", "", 0, "kernel", ""): 1,
        #"node_network_routes{device="eth0"}"#: 2,
      ])
  }

  @Test("several ways to one destination, with their weights")
  func multipath() {
    // struct rtnexthop: length, flags, hops, interface.
    let hops: [UInt8] =
      [16, 0, 0, 0, 2, 0, 0, 0] + Self.attribute(5, [10, 0, 0, 1]) + [16, 0, 0, 4, 3, 0, 0, 0]
      + Self.attribute(5, [10, 0, 0, 2])
    let route = Self.route(8, 200, Self.attribute(1, [10, 0, 0, 0]), Self.attribute(9, hops))
    #expect(
      page(route) == [
        Self.info("eth0", "", "10.0.0.0/8", "10.0.0.1", 0, "unknown", "1"): 1,
        Self.info("eth1", "", "10.0.0.0/8", "10.0.0.2", 0, "unknown", "5"): 1,
        #"node_network_routes{device="eth0"}"#: 1, #"node_network_routes{device="eth1"}"#: 1,
      ])
  }

  @Test("a message that is cut anywhere is no crash")
  func damaged() {
    let whole: [UInt8] =
      [2, 8, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0]
      + Self.attribute(9, [16, 0, 0, 0, 2, 0, 0, 0] + Self.attribute(5, [1, 2, 3, 4]))
    for end in 0...whole.count {
      _ = page(whole.prefix(end).withUnsafeBytes { Route(Bytes($0)) })
    }
  }

  @Test("the kernel answers")
  func real() throws {
    #expect(throws: Never.self) { try ProcfsTree([:]).read(NetworkRouteCollector.self) }
  }
}
