import ExporterKit
import Testing

@testable import NodeExporter

@Suite("dmi")
struct DmiTests {
  private static let files = [
    "sys/class/dmi/id/bios_vendor": "SeaBIOS\n", "sys/class/dmi/id/sys_vendor": "QEMU\n",
    "sys/class/dmi/id/product_name": "Standard PC (Q35 + ICH9, 2009)\n", "sys/class/dmi/id/chassis_asset_tag": "\n",
    "sys/class/dmi/id/chassis_type": "1\n", "sys/class/dmi/id/modalias": "dmi:x\n",
  ]

  @Test("what the firmware provides, under the standard exporter's names")
  func info() throws {
    #expect(
      try HardwareHost(Self.files).read(DmiCollector.self) == [
        "node_dmi_info{bios_vendor=\"SeaBIOS\",chassis_asset_tag=\"\","
          + "product_name=\"Standard PC (Q35 + ICH9, 2009)\",system_vendor=\"QEMU\"} 1"
      ])
  }

  @Test("it is read once")
  func once() throws {
    let host = try HardwareHost(Self.files)
    let collector = DmiCollector(.none)
    let first = try host.series(of: collector)
    let queries = host.host.usage.queries
    #expect(try host.series(of: collector) == first)
    #expect(host.host.usage.queries == queries)
  }

  @Test("without firmware there is nothing to read")
  func absent() throws {
    for host in [try HardwareHost([:]), try HardwareHost(["sys/class/dmi/id/modalias": "x\n"])] {
      #expect(throws: NothingToRead.self) { try host.read(DmiCollector.self) }
    }
  }
}
