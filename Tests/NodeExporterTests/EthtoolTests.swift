import ExporterKit
import MetricModel
import Telemetry
import Testing

@testable import NodeExporter

@Suite("ethtool")
struct EthtoolTests {
  private func series(_ device: EthtoolDevice, _ arguments: String...) throws -> [String] {
    let collector = try EthtoolCollector(FlagValues(arguments, flags: EthtoolCollector.flags, environment: [:]))
    var batch = SampleBatch()
    collector.add(device, "eth0", to: &batch)
    return String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map(String.init).sorted()
  }

  @Test(
    "names of statistics",
    arguments: [
      ("rx_queue_0_bytes", "received_queue_0_bytes"), ("tx", "transmitted"),
      ("port.rx_dropped", "port_received_dropped"),
      ("__TX_Total", "transmitted_total"), ("rxx_tx_rx", "rxx_transmitted_received"),
      ("rx_rx_rx", "received_rx_received"),
      ("rx[3]: ok", "received_3_ok"),
    ])
  func names(text: String, name: String) { #expect(EthtoolCollector.name(of: MetricName.sanitized(text)) == name) }

  @Test("statistics under their names; those that become the same are left out")
  func statistics() throws {
    var device = EthtoolDevice()
    device.statistics = [("rx_bytes", 1), ("tx_queue_0", 2), ("a.b", 3), ("a b", 4), ("___", 5)]
    #expect(
      try series(device) == [
        "node_ethtool_received_bytes_total{device=\"eth0\"} 1", "node_ethtool_transmitted_queue_0{device=\"eth0\"} 2",
      ])
    #expect(try series(device, "--collector.ethtool.metrics-include=^tx").count == 1)
  }

  @Test("what the link can do and does")
  func settings() throws {
    // 1000baseT/Full, Autoneg, TP and Pause; of these 1000baseT/Full and Autoneg are offered.
    let supported: UInt32 = 1 << 5 | 1 << 6 | 1 << 7 | 1 << 13
    let advertised: UInt32 = 1 << 5 | 1 << 6
    var answer = [UInt8](repeating: 0, count: 44)
    for index in 0..<4 {
      answer[4 + index] = UInt8(truncatingIfNeeded: supported >> (8 * UInt32(index)))
      answer[8 + index] = UInt8(truncatingIfNeeded: advertised >> (8 * UInt32(index)))
    }
    answer[18] = 1
    var device = EthtoolDevice()
    device.settings = answer.withUnsafeBytes { EthtoolSettings(Bytes($0)) }
    let mode = "{device=\"eth0\",duplex=\"full\",mode=\"1000baseT\"} 125000000"
    #expect(
      try series(device)
        == [
          "node_network_advertised_speed_bytes\(mode)", "node_network_asymmetricpause_advertised{device=\"eth0\"} 0",
          "node_network_asymmetricpause_supported{device=\"eth0\"} 0",
          "node_network_autonegotiate_advertised{device=\"eth0\"} 1",
          "node_network_autonegotiate_supported{device=\"eth0\"} 1", "node_network_autonegotiate{device=\"eth0\"} 1",
          "node_network_pause_advertised{device=\"eth0\"} 0", "node_network_pause_supported{device=\"eth0\"} 1",
          "node_network_supported_port_info{device=\"eth0\",type=\"TP\"} 1",
          "node_network_supported_speed_bytes\(mode)",
        ].sorted())
    #expect(answer.prefix(18).withUnsafeBytes { EthtoolSettings(Bytes($0)) } == nil)
  }

  @Test("the driver")
  func driver() throws {
    var answer = [UInt8](repeating: 0, count: 196)
    for (index, text) in ["e1000e", "6.1", "0.5-4", "0000:00:19.0", "rom"].enumerated() {
      for (offset, byte) in text.utf8.enumerated() { answer[4 + index * 32 + offset] = byte }
    }
    answer[180] = 3
    var device = EthtoolDevice()
    device.driver = answer.withUnsafeBytes { EthtoolDriver(Bytes($0)) }
    #expect(device.driver?.statisticsCount == 3)
    #expect(
      try series(device) == [
        "node_ethtool_info{bus_info=\"0000:00:19.0\",device=\"eth0\",driver=\"e1000e\",expansion_rom_version=\"rom\","
          + "firmware_version=\"0.5-4\",version=\"6.1\"} 1"
      ])
  }

  @Test("answers that are shorter than they say are read as far as they go")
  func short() {
    let names = [0x1b, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0] + Array("one".utf8) + [UInt8](repeating: 0, count: 40)
    let values: [UInt8] = [0x1d, 0, 0, 0, 9, 0, 0, 0] + [7, 0, 0, 0, 0, 0, 0, 0] + [1, 2]
    let statistics = names.withUnsafeBytes { names in
      values.withUnsafeBytes { EthtoolDevice.statistics(Bytes(names), Bytes($0)) }
    }
    #expect(statistics.map(\.name) == ["one"])
    #expect(statistics.map(\.value) == [7])
    #expect([UInt8]().withUnsafeBytes { EthtoolDevice.statistics(Bytes($0), Bytes($0)) }.isEmpty)
  }

  @Test("the kernel that runs this is asked about its interfaces")
  func live() throws {
    let host = NodeHost(procfs: "/proc", sysfs: "/sys", rootfs: "/", udevData: "/run/udev/data")
    var batch = SampleBatch()
    try EthtoolCollector(.none).read(host, into: &batch)
    let prefixes = ["node_ethtool_", "node_network_"]
    #expect(batch.families.allSatisfy { family in prefixes.contains { family.descriptor.name.hasPrefix($0) } })
  }

  @Test("without the class there is nothing to read")
  func absent() throws {
    let host = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try host.read(EthtoolCollector.self) }
  }
}
