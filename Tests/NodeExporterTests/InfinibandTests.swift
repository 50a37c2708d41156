import ExporterKit
import Testing

@testable import NodeExporter

@Suite("infiniband")
struct InfinibandTests {
  private static let port = "sys/class/infiniband/mlx5_0/ports/1"

  @Test("states, rate, words of four octets, and what the driver counts")
  func all() throws {
    let series = try StorageTree([
      "sys/class/infiniband/mlx5_0/fw_ver": "2.31\n", "sys/class/infiniband/mlx5_0/board_id": "SM_1\n",
      "\(Self.port)/state": "4: ACTIVE\n", "\(Self.port)/phys_state": "5: LinkUp\n",
      "\(Self.port)/rate": "2.5 Gb/sec (1X SDR)\n", "\(Self.port)/counters/port_rcv_data": "10\n",
      "\(Self.port)/counters/port_rcv_packets": "11\n", "\(Self.port)/counters/VL15_dropped": "0\n",
      "\(Self.port)/counters/symbol_error": "N/A (no PMA)\n", "\(Self.port)/counters/unheard_of": "5\n",
      "\(Self.port)/counters_ext/port_xmit_data_64": "12\n", "\(Self.port)/hw_counters/lifespan": "2500\n",
      "\(Self.port)/hw_counters/out_of_buffer": "13\n", "sys/class/infiniband/mlx5_0/ports/x/state": "1: DOWN\n",
    ]).series(InfinibandCollector(.none))
    let labels = "{device=\"mlx5_0\",port=\"1\"}"
    let expected: [String: Double] = [
      "info{board_id=\"SM_1\",device=\"mlx5_0\",firmware_version=\"2.31\",hca_type=\"\"}": 1,
      "state_id\(labels)": 4, "physical_state_id\(labels)": 5, "rate_bytes_per_second\(labels)": 312_500_000,
      "port_data_received_bytes_total\(labels)": 40, "port_packets_received_total\(labels)": 11,
      "vl15_dropped_total\(labels)": 0, "legacy_data_transmitted_bytes_total\(labels)": 48,
      "lifespan_seconds\(labels)": 2, "out_of_buffer_drops_total\(labels)": 13,
    ]
    #expect(series == Dictionary(uniqueKeysWithValues: expected.map { ("node_infiniband_" + $0.key, $0.value) }))
  }

  @Test("a host without InfiniBand has nothing to read")
  func absent() {
    #expect(throws: NothingToRead.self) { try StorageTree().series(InfinibandCollector(.none)) }
  }
}
