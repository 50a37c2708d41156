import ExporterKit
import Testing

@testable import NodeExporter

@Suite("fibrechannel")
struct FibrechannelTests {
  @Test("a port's names lose their 0x, its counters are hexadecimal, and all ones are not counted")
  func all() throws {
    let root = "sys/class/fc_host/host0"
    let series = try StorageTree([
      "\(root)/speed": "16 Gbit\n", "\(root)/port_state": "Online\n", "\(root)/port_id": "0x000002\n",
      "\(root)/port_name": "0x1000e0071bce95f2\n", "\(root)/fabric_name": "0x0\n", "\(root)/dev_loss_tmo": "30\n",
      "\(root)/statistics/rx_frames": "0x1f\n", "\(root)/statistics/tx_frames": "10\n",
      "\(root)/statistics/dumped_frames": "0xffffffffffffffff\n", "\(root)/statistics/nos_count": "0xzz\n",
      "\(root)/statistics/invalid_crc_count": "0x2\n", "\(root)/statistics/reset_statistics": "",
      "sys/class/fc_host/host1/speed": "unknown\n",
    ]).series(FibrechannelCollector(.none))
    let expected: [String: Double] = [
      "info{dev_loss_tmo=\"30\",fabric_name=\"0\",fc_host=\"host0\",port_id=\"000002\",port_name=\"1000e0071bce95f2\","
        + "port_state=\"Online\",port_type=\"\",speed=\"16 Gbit\",supported_classes=\"\",supported_speeds=\"\","
        + "symbolic_name=\"\"}": 1,
      "info{dev_loss_tmo=\"\",fabric_name=\"\",fc_host=\"host1\",port_id=\"\",port_name=\"\",port_state=\"\","
        + "port_type=\"\",speed=\"unknown\",supported_classes=\"\",supported_speeds=\"\",symbolic_name=\"\"}": 1,
      "rx_frames_total{fc_host=\"host0\"}": 31, "tx_frames_total{fc_host=\"host0\"}": 10,
      "invalid_crc_total{fc_host=\"host0\"}": 2,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_fibrechannel_" + $0.key, $0.value) }))
  }

  @Test("a host without Fibre Channel has nothing to read")
  func absent() {
    #expect(throws: NothingToRead.self) { try StorageTree().series(FibrechannelCollector(.none)) }
  }
}
