import ExporterKit
import Testing

@testable import NodeExporter

@Suite("thermal_zone")
struct ThermalZoneTests {
  @Test("zones in degrees Celsius and cooling devices; disabled, unreadable and foreign ones are left out")
  func zones() throws {
    let host = try HardwareHost([
      "sys/class/thermal/thermal_zone0/type": "x86_pkg_temp\n", "sys/class/thermal/thermal_zone0/temp": "41500\n",
      "sys/class/thermal/thermal_zone0/mode": "enabled\n", "sys/class/thermal/thermal_zone12/type": "acpitz\n",
      "sys/class/thermal/thermal_zone12/temp": "-5000\n", "sys/class/thermal/thermal_zone2/type": "off\n",
      "sys/class/thermal/thermal_zone2/temp": "1\n", "sys/class/thermal/thermal_zone2/mode": "disabled\n",
      "sys/class/thermal/thermal_zone3/type": "broken\n", "sys/class/thermal/thermal_zoneX/type": "x\n",
      "sys/class/thermal/thermal_zoneX/temp": "1\n", "sys/class/thermal/cooling_device4/type": "Fan\n",
      "sys/class/thermal/cooling_device4/max_state": "9\n", "sys/class/thermal/cooling_device4/cur_state": "-1\n",
      "sys/class/thermal/cooling_device5/type": "half\n", "sys/class/thermal/cooling_device5/max_state": "1\n",
    ])
    #expect(
      try host.read(ThermalZoneCollector.self) == [
        "node_cooling_device_cur_state{name=\"4\",type=\"Fan\"} -1",
        "node_cooling_device_max_state{name=\"4\",type=\"Fan\"} 9",
        "node_thermal_zone_temp{zone=\"0\",type=\"x86_pkg_temp\"} 41.5",
        "node_thermal_zone_temp{zone=\"12\",type=\"acpitz\"} -5",
      ])
  }

  @Test("a host without zones is read with success, as by the standard exporter")
  func absent() throws { #expect(try HardwareHost([:]).read(ThermalZoneCollector.self) == []) }
}
