import ExporterKit
import Testing

@testable import NodeExporter

@Suite("hwmon")
struct HwmonTests {
  /// A processor's chip behind its platform device, and one that only has a directory.
  private static let files = [
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/name": "coretemp\n",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/temp1_input": "48250\n",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/temp1_crit": "100000\n",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/temp1_crit_alarm": "1\n",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/temp1_alarm": "0\n",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/temp1_label": "Package id 0 \n",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/temp1_type": "4\n",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/uevent": "X=1\n",
    "sys/class/hwmon/hwmon7/in0_input": "1250\n",
    "sys/class/hwmon/hwmon7/fan1_input": "1430\n",
  ]
  private static let links = [
    "sys/class/hwmon/hwmon1": "../../devices/platform/coretemp.0/hwmon/hwmon1",
    "sys/devices/platform/coretemp.0/hwmon/hwmon1/device": "../../../coretemp.0",
  ]

  @Test("chips are named after bus and device or their directory, values are in base units")
  func chips() throws {
    let labels = "{chip=\"platform_coretemp_0\",sensor=\"temp1\"}"
    #expect(
      try HardwareHost(Self.files, links: Self.links).read(HwmonCollector.self)
        == [
          "node_hwmon_chip_names{chip=\"platform_coretemp_0\",chip_name=\"coretemp\"} 1",
          "node_hwmon_fan_rpm{chip=\"hwmon7\",sensor=\"fan1\"} 1430",
          "node_hwmon_in_volts{chip=\"hwmon7\",sensor=\"in0\"} 1.25",
          "node_hwmon_sensor_label{chip=\"platform_coretemp_0\",sensor=\"temp1\",label=\"Package id 0 \"} 1",
          "node_hwmon_temp_alarm\(labels) 0", "node_hwmon_temp_celsius\(labels) 48.25",
          "node_hwmon_temp_crit_alarm_celsius\(labels) 0.001", "node_hwmon_temp_crit_celsius\(labels) 100",
          "node_hwmon_temp_type\(labels) 4",
        ].sorted())
  }

  @Test("chips and sensors are chosen by flags, sensors behind their chip's name")
  func flags() throws {
    let host = try HardwareHost(Self.files, links: Self.links)
    func chosen(_ flag: String) throws -> [String] { try host.read(HwmonCollector.self, flag) }
    #expect(try chosen("--collector.hwmon.chip-include=^platform_").allSatisfy { $0.contains("coretemp") })
    #expect(try chosen("--collector.hwmon.chip-exclude=^platform_").count == 2)
    #expect(
      try chosen("--collector.hwmon.sensor-include=^hwmon7;fan1$") == [
        "node_hwmon_chip_names{chip=\"platform_coretemp_0\",chip_name=\"coretemp\"} 1",
        "node_hwmon_fan_rpm{chip=\"hwmon7\",sensor=\"fan1\"} 1430",
      ])
    #expect(!(try chosen("--collector.hwmon.sensor-exclude=;temp1$").contains { $0.contains("temp1") }))
  }

  @Test("sensors of old drivers lie in the device's own directory, and an energy is a counter")
  func oldDriver() throws {
    let host = try HardwareHost(
      ["sys/devices/pci/0000:00:18.3/energy1_input": "2500000\n", "sys/class/hwmon/hwmon0/name": "k10 Temp\n"],
      links: ["sys/class/hwmon/hwmon0/device": "../../../devices/pci/0000:00:18.3"])
    let collector = try HwmonCollector(.none)
    #expect(
      try host.series(of: collector) == [
        "node_hwmon_chip_names{chip=\"pci_0000:00:18_3\",chip_name=\"k10_temp\"} 1",
        "node_hwmon_energy_joule_total{chip=\"pci_0000:00:18_3\",sensor=\"energy1\"} 2.5",
      ])
    #expect(try host.kinds(of: collector).contains("node_hwmon_energy_joule_total counter"))
  }

  @Test("without the class there is nothing to read")
  func absent() throws {
    let host = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try host.read(HwmonCollector.self) }
  }
}
