import ExporterKit
import Testing

@testable import NodeExporter

@Suite("rapl")
struct RaplTests {
  private static let files = [
    "sys/class/powercap/intel-rapl:0/name": "package-0\n", "sys/class/powercap/intel-rapl:0/energy_uj": "2500000\n",
    "sys/class/powercap/intel-rapl:0:0/name": "dram\n", "sys/class/powercap/intel-rapl:0:0/energy_uj": "1\n",
    "sys/class/powercap/intel-rapl:1/name": "package-1\n", "sys/class/powercap/intel-rapl:1/energy_uj": "500000\n",
    "sys/class/powercap/intel-rapl:1:0/name": "dram\n", "sys/class/powercap/intel-rapl:1:0/energy_uj": "2000000\n",
    "sys/class/powercap/psys/name": "p sys\n", "sys/class/powercap/psys/energy_uj": "3000000\n",
    "sys/class/powercap/gone/name": "core\n", "sys/class/powercap/intel-rapl/enabled": "1\n",
  ]

  @Test("joules of each zone; a number in the name is the index, else equal names are counted")
  func zones() throws {
    let host = try HardwareHost(Self.files)
    let path = host.host.sys("class/powercap")
    #expect(
      try host.read(RaplCollector.self) == [
        "node_rapl_dram_joules_total{index=\"0\",path=\"\(path)/intel-rapl:0:0\"} 1e-06",
        "node_rapl_dram_joules_total{index=\"1\",path=\"\(path)/intel-rapl:1:0\"} 2",
        "node_rapl_p_sys_joules_total{index=\"0\",path=\"\(path)/psys\"} 3",
        "node_rapl_package_joules_total{index=\"0\",path=\"\(path)/intel-rapl:0\"} 2.5",
        "node_rapl_package_joules_total{index=\"1\",path=\"\(path)/intel-rapl:1\"} 0.5",
      ])
  }

  @Test("one family with a label where the flag asks for it")
  func zoneLabel() throws {
    let host = try HardwareHost(Self.files)
    let series = try host.read(RaplCollector.self, "--collector.rapl.enable-zone-label")
    let path = host.host.sys("class/powercap/psys")
    #expect(series.count == 5)
    #expect(series.contains("node_rapl_joules_total{index=\"0\",path=\"\(path)\",rapl_zone=\"p sys\"} 3"))
  }

  @Test("without the class there is nothing to read")
  func absent() throws {
    let host = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try host.read(RaplCollector.self) }
  }
}
