import ExporterKit
import Testing

@testable import NodeExporter

@Suite("netclass")
struct NetclassTests {
  private static let card = [
    "addr_assign_type": "0\n", "address": "52:54:00:12:34:56\n", "broadcast": "ff:ff:ff:ff:ff:ff\n", "carrier": "1\n",
    "carrier_changes": "7\n", "carrier_down_count": "3\n", "carrier_up_count": "4\n", "dev_id": "0x1f\n",
    "dormant": "0\n", "duplex": "full\n", "flags": "0x1003\n", "ifalias": "uplink \"A\"\n", "ifindex": "2\n",
    "iflink": "2\n", "link_mode": "0\n", "mtu": "9000\n", "name_assign_type": "4\n", "netdev_group": "0\n",
    "operstate": "up\n", "speed": "2500\n", "tx_queue_len": "1000\n", "type": "1\n",
  ]

  private func host(_ devices: [String: [String: String]]) throws -> HardwareHost {
    var files = ["sys/class/net/bonding_masters": "\n"]
    for (device, attributes) in devices {
      files["sys/class/net/\(device)/"] = ""
      for (name, text) in attributes { files["sys/class/net/\(device)/\(name)"] = text }
    }
    return try HardwareHost(files)
  }

  @Test("every property of an interface, speeds in bytes a second")
  func properties() throws {
    let series = try host(["eth0": Self.card]).read(NetclassCollector.self)
    #expect(
      series
        == [
          "node_network_address_assign_type{device=\"eth0\"} 0",
          "node_network_carrier_changes_total{device=\"eth0\"} 7",
          "node_network_carrier_down_changes_total{device=\"eth0\"} 3",
          "node_network_carrier_up_changes_total{device=\"eth0\"} 4", "node_network_carrier{device=\"eth0\"} 1",
          "node_network_device_id{device=\"eth0\"} 31", "node_network_dormant{device=\"eth0\"} 0",
          // IFF_MULTICAST, IFF_BROADCAST and IFF_UP.
          "node_network_flags{device=\"eth0\"} 4099", "node_network_iface_id{device=\"eth0\"} 2",
          "node_network_iface_link_mode{device=\"eth0\"} 0", "node_network_iface_link{device=\"eth0\"} 2",
          "node_network_info{device=\"eth0\",address=\"52:54:00:12:34:56\",broadcast=\"ff:ff:ff:ff:ff:ff\","
            + "duplex=\"full\",operstate=\"up\",adminstate=\"up\",ifalias=\"uplink \\\"A\\\"\"} 1",
          "node_network_mtu_bytes{device=\"eth0\"} 9000", "node_network_name_assign_type{device=\"eth0\"} 4",
          "node_network_net_dev_group{device=\"eth0\"} 0", "node_network_protocol_type{device=\"eth0\"} 1",
          // 2500 Mbit/s.
          "node_network_speed_bytes{device=\"eth0\"} 312500000",
          "node_network_transmit_queue_length{device=\"eth0\"} 1000", "node_network_up{device=\"eth0\"} 1",
        ].sorted())
  }

  @Test("an interface that says almost nothing has what it says")
  func sparse() throws {
    let series = try host(["tun3": ["flags": "0x1002\n", "operstate": "down\n", "mtu": "garbage\n"]])
      .read(NetclassCollector.self)
    #expect(
      series == [
        "node_network_flags{device=\"tun3\"} 4098",
        "node_network_info{device=\"tun3\",address=\"\",broadcast=\"\",duplex=\"\",operstate=\"down\","
          + "adminstate=\"down\",ifalias=\"\"} 1",
        "node_network_up{device=\"tun3\"} 0",
      ])
  }

  @Test("without flags the state of administration is unknown, and an empty folder is an interface all the same")
  func empty() throws {
    #expect(
      try host(["x": [:]]).read(NetclassCollector.self) == [
        "node_network_info{device=\"x\",address=\"\",broadcast=\"\",duplex=\"\",operstate=\"\","
          + "adminstate=\"unknown\",ifalias=\"\"} 1",
        "node_network_up{device=\"x\"} 0",
      ])
  }

  @Test("an unknown speed is exported unless a flag says otherwise")
  func unknownSpeed() throws {
    let host = try host(["lo": ["speed": "-1\n"]])
    #expect(try host.read(NetclassCollector.self).contains("node_network_speed_bytes{device=\"lo\"} -125000"))
    let ignoring = try host.read(NetclassCollector.self, "--collector.netclass.ignore-invalid-speed")
    #expect(!ignoring.contains { $0.contains("speed") })
  }

  @Test("ignored interfaces are left out; the netlink flags are accepted")
  func flags() throws {
    let host = try host(["eth0": [:], "veth1": [:], "lo": [:]])
    let series = try host.read(
      NetclassCollector.self, "--collector.netclass.ignored-devices=^(veth.*|lo)$", "--collector.netclass.netlink",
      "--collector.netclass_rtnl.with-stats")
    #expect(series.filter { $0.hasPrefix("node_network_up") } == ["node_network_up{device=\"eth0\"} 0"])
  }

  @Test("without the class there is nothing to read")
  func absent() throws {
    let host = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try host.read(NetclassCollector.self) }
  }
}
