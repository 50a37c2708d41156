import ExporterKit
import MetricModel
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Collector netdev")
struct NetdevTests {
  private static let file = [
    "proc/net/dev": """
    Inter-|   Receive                                                |  Transmit
     face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
        lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0
      eth0:1    2    3    4    5    6    7    8    9    10    11    12    13    14    15    16
    veth0: 1 2 3
     eth1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 x

    """,
    "sys/class/net/eth0/ifalias": "salida\n",
  ]

  private static let names = [
    "receive_bytes", "receive_packets", "receive_errs", "receive_drop", "receive_fifo", "receive_frame",
    "receive_compressed", "receive_multicast", "transmit_bytes", "transmit_packets", "transmit_errs", "transmit_drop",
    "transmit_fifo", "transmit_colls", "transmit_carrier", "transmit_compressed",
  ]

  @Test("the file's columns; a line that is short or damaged harms only itself")
  func columns() throws {
    let page = try ProcfsTree(Self.file).read(NetdevCollector.self, "--no-collector.netdev.netlink")
    #expect(page.count == 32)
    #expect(Self.names.map { page[#"node_network_\#($0)_total{device="eth0"}"#] } == (1...16).map { Double($0) })
    #expect(page[#"node_network_transmit_bytes_total{device="lo"}"#] == 100)
  }

  @Test("flags choose devices, by their new names and their old ones")
  func chosen() throws {
    let tree = try ProcfsTree(Self.file)
    func devices(_ flag: String) throws -> [Bool] {
      let collector = try ProcfsTree.collector(NetdevCollector.self, ["--no-collector.netdev.netlink", flag])
      let page = try tree.read(collector)
      return ["lo", "eth0"].map { page[#"node_network_receive_bytes_total{device="\#($0)"}"#] != nil }
    }
    #expect(try devices("--collector.netdev.device-include=^eth") == [false, true])
    #expect(try devices("--collector.netdev.device-exclude=^eth") == [true, false])
    #expect(try devices("--collector.netdev.device-whitelist=^eth") == [false, true])
    #expect(try devices("--collector.netdev.device-blacklist=^eth") == [true, false])
    #expect(throws: FlagMistake.self) {
      try tree.read(
        NetdevCollector.self, "--collector.netdev.device-include=a", "--collector.netdev.device-exclude=b")
    }
  }

  @Test("a flag adds the device's alias as a label")
  func alias() throws {
    let page = try ProcfsTree(Self.file).read(
      NetdevCollector.self, "--no-collector.netdev.netlink", "--collector.netdev.label-ifalias")
    #expect(page[#"node_network_receive_bytes_total{device="eth0",ifalias="salida"}"#] == 1)
    #expect(page[#"node_network_receive_bytes_total{device="lo",ifalias=""}"#] == 100)
  }

  @Test("the kernel's own structure, added up as its file does, and by cause")
  func link() {
    // The number in each place is its index plus one; include/uapi/linux/if_link.h, struct rtnl_link_stats64.
    let device = NetdevCollector.Device(labels: ["eth0"], columns: (1...25).map { $0 })
    var batch = SampleBatch()
    NetdevTable(NetdevTable.link, hasAlias: false).add([device], to: &batch)
    var page = ProcfsTree.series(batch)
    func value(_ name: String) -> Double? { page[#"node_network_\#(name)_total{device="eth0"}"#] }
    #expect(page.count == 17)
    #expect(value("receive_drop") == 23, "dropped and missed")
    #expect(value("receive_frame") == 50, "length, over, CRC, frame")
    #expect(value("transmit_carrier") == 76, "aborted, carrier, heartbeat, window")
    #expect(value("receive_multicast") == 9)
    #expect(value("receive_nohandler") == 24)
    #expect(value("transmit_bytes") == 4)
    batch = SampleBatch()
    NetdevTable(NetdevTable.detailedLink, hasAlias: false).add([device], to: &batch)
    page = ProcfsTree.series(batch)
    #expect(page.count == 24)
    #expect(value("transmit_window_errors") == 21)
    #expect(value("receive_dropped") == 7)
    #expect(value("multicast") == 9)
  }

  @Test("an older kernel's structure is shorter")
  func shortLink() {
    let device = NetdevCollector.Device(labels: ["eth0"], columns: (1...23).map { $0 })
    var batch = SampleBatch()
    NetdevTable(NetdevTable.link, hasAlias: false).add([device], to: &batch)
    #expect(ProcfsTree.series(batch).count == 16)
  }

  @Test("the kernel answers for the loopback device, with what its file says beside")
  func real() throws {
    let page = try ProcfsTree([:]).read(NetdevCollector.self, "--collector.netdev.device-include=^lo$")
    #expect(page.count == 17)
    let received = try #require(page[#"node_network_receive_bytes_total{device="lo"}"#])
    #expect(received == page[#"node_network_transmit_bytes_total{device="lo"}"#], "what goes out comes in")
  }

  @Test("a flag adds the addresses")
  func addresses() throws {
    let page = try ProcfsTree(Self.file).read(
      NetdevCollector.self, "--no-collector.netdev.netlink", "--collector.netdev.address-info",
      "--collector.netdev.device-include=^lo$")
    let address = #"node_network_address_info{device="lo",address="127.0.0.1",netmask="8",scope="link-local"}"#
    #expect(page[address] == 1)
  }
}
