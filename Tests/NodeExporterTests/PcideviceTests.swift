import ExporterKit
import Testing

@testable import NodeExporter

@Suite("pcidevice")
struct PcideviceTests {
  private static let card = [
    "class": "0x020000\n", "vendor": "0x8086\n", "device": "0x1533\n", "subsystem_vendor": "0x1458\n",
    "subsystem_device": "0xe000\n", "revision": "0x03\n", "numa_node": "1\n", "max_link_speed": "5.0 GT/s PCIe\n",
    "max_link_width": "4\n", "current_link_speed": "Unknown\n", "current_link_width": "1\n", "d3cold_allowed": "1\n",
    "power_state": "D3hot\n", "sriov_numvfs": "2\n", "sriov_totalvfs": "7\n", "sriov_drivers_autoprobe": "1\n",
    "sriov_vf_total_msix": "64\n",
  ]
  private static let names = """
    # a comment
    8086  Intel Corporation
    \t1533  I210 Gigabit Network Connection
    \t\t1458 e000  Board LAN
    \t\t1458 e001  Other board
    1458  Gigabyte Technology
    C 02  Network controller
    \t00  Ethernet controller
    \t\t05  Strange
    """

  private func host(_ attributes: [String: String] = card) throws -> HardwareHost {
    let folder = "sys/devices/pci0000:00/0000:00:1c.2/0000:03:00.0"
    return try HardwareHost(
      Dictionary(uniqueKeysWithValues: attributes.map { ("\(folder)/\($0.key)", $0.value) })
        .merging(["pci.ids": Self.names, "sys/bus/pci/devices/README": "no device"]) { $1 },
      links: ["sys/bus/pci/devices/0000:03:00.0": "../../../devices/pci0000:00/0000:00:1c.2/0000:03:00.0"])
  }

  private let place = "segment=\"0000\",bus=\"03\",device=\"00\",function=\"0\""

  @Test("what a device is, how it is linked, how it sleeps")
  func device() throws {
    let series = try host().read(PcideviceCollector.self)
    func line(_ name: String, _ value: String, _ more: String = "") -> String {
      "node_pcidevice_\(name){\(place)\(more)} \(value)"
    }
    let states = ["D0", "D1", "D2", "D3cold", "D3hot", "error", "unknown"].map {
      line("power_state", $0 == "D3hot" ? "1" : "0", ",state=\"\($0)\"")
    }
    #expect(
      series
        == (states + [
          line("current_link_transfers_per_second", "-1"), line("current_link_width", "1"),
          line("d3cold_allowed", "1"), line("max_link_transfers_per_second", "5000000000"), line("max_link_width", "4"),
          line("numa_node", "1"), line("sriov_drivers_autoprobe", "1"), line("sriov_numvfs", "2"),
          line("sriov_totalvfs", "7"), line("sriov_vf_total_msix", "64"),
          line(
            "info", "1",
            ",parent_segment=\"0000\",parent_bus=\"00\",parent_device=\"1c\",parent_function=\"2\","
              + "class_id=\"0x020000\",vendor_id=\"0x8086\",device_id=\"0x1533\",subsystem_vendor_id=\"0x1458\","
              + "subsystem_device_id=\"0xe000\",revision=\"0x03\""),
        ]).sorted())
  }

  @Test("a simple device has no numa node, no power state and zeros")
  func simple() throws {
    let series = try host(Self.card.filter { Self.required.contains($0.key) }).read(PcideviceCollector.self)
    #expect(series.count == 10)
    #expect(series.contains("node_pcidevice_max_link_width{\(place)} -1"))
    #expect(series.contains("node_pcidevice_sriov_totalvfs{\(place)} 0"))
    let unknown = try host(Self.card.filter { $0.key != "vendor" }).read(PcideviceCollector.self)
    #expect(unknown == [])
  }

  private static let required = ["class", "vendor", "device", "subsystem_vendor", "subsystem_device", "revision"]

  @Test("names of the device, of its board and of its class")
  func named() throws {
    let host = try host()
    let series = try host.read(
      PcideviceCollector.self, "--collector.pcidevice.names",
      "--collector.pcidevice.idsfile=\(host.path("pci.ids"))")
    let info = try #require(series.first { $0.hasPrefix("node_pcidevice_info") })
    #expect(
      info.hasSuffix(
        "vendor_name=\"Intel Corporation\",device_name=\"I210 Gigabit Network Connection\","
          + "subsystem_vendor_name=\"Gigabyte Technology\",subsystem_device_name=\"Board LAN\","
          + "class_name=\"Ethernet controller\"} 1"))
  }

  @Test("without the file of names the numbers stand for them")
  func unnamed() throws {
    let series = try host().read(
      PcideviceCollector.self, "--collector.pcidevice.names", "--collector.pcidevice.idsfile=/nowhere")
    let info = try #require(series.first { $0.hasPrefix("node_pcidevice_info") })
    #expect(
      info.hasSuffix(
        "vendor_name=\"8086\",device_name=\"1533\",subsystem_vendor_name=\"1458\",subsystem_device_name=\"e000\","
          + "class_name=\"Unknown class (020000)\"} 1"))
  }

  @Test(
    "places on the bus",
    arguments: [
      ("0000:03:00.0", ["0000", "03", "00", "0"]), ("10000:e1:1f.7", ["10000", "e1", "1f", "7"]), ("pci0000:00", nil),
      ("", nil), ("0000:03:00", nil), ("0000:zz:00.0", nil),
    ] as [(String, [String]?)])
  func locations(text: String, parts: [String]?) { #expect(PcideviceCollector.location(text[...]) == parts) }

  @Test("without the bus there is nothing to read")
  func absent() throws {
    let host = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try host.read(PcideviceCollector.self) }
  }
}
