import ExporterKit
import Testing

@testable import NodeExporter

@Suite("powersupplyclass")
struct PowersupplyclassTests {
  private static let files = [
    "sys/class/power_supply/AC/online": "1\n", "sys/class/power_supply/AC/type": "Mains\n",
    "sys/class/power_supply/AC/scope": "\n", "sys/class/power_supply/BAT1/capacity": "63\n",
    "sys/class/power_supply/BAT1/cycle_count": "112\n", "sys/class/power_supply/BAT1/energy_now": "31250000\n",
    "sys/class/power_supply/BAT1/voltage_now": "11875000\n", "sys/class/power_supply/BAT1/current_now": "-1500000\n",
    "sys/class/power_supply/BAT1/temp": "285\n", "sys/class/power_supply/BAT1/time_to_empty_now": "5400\n",
    "sys/class/power_supply/BAT1/health": "Good\n", "sys/class/power_supply/BAT1/type": "Battery\n",
    "sys/class/power_supply/BAT1/status": "Discharging\n", "sys/class/power_supply/BAT1/power_now": "junk\n",
    "sys/class/power_supply/BAT1/uevent": "POWER_SUPPLY_NAME=BAT1\n",
  ]

  @Test("volts, amperes, watt hours, degrees; each supply has the labels that it has")
  func supplies() throws {
    #expect(
      try HardwareHost(Self.files).read(PowersupplyclassCollector.self) == [
        "node_power_supply_capacity{power_supply=\"BAT1\"} 63",
        "node_power_supply_current_ampere{power_supply=\"BAT1\"} -1.5",
        "node_power_supply_cyclecount{power_supply=\"BAT1\"} 112",
        "node_power_supply_energy_watthour{power_supply=\"BAT1\"} 31.25",
        "node_power_supply_info{health=\"Good\",power_supply=\"BAT1\",status=\"Discharging\",type=\"Battery\"} 1",
        "node_power_supply_info{power_supply=\"AC\",type=\"Mains\"} 1",
        "node_power_supply_online{power_supply=\"AC\"} 1", "node_power_supply_temp_celsius{power_supply=\"BAT1\"} 28.5",
        "node_power_supply_time_to_empty_seconds{power_supply=\"BAT1\"} 5400",
        "node_power_supply_voltage_volt{power_supply=\"BAT1\"} 11.875",
      ])
  }

  @Test("ignored supplies are left out")
  func ignored() throws {
    let series = try HardwareHost(Self.files)
      .read(PowersupplyclassCollector.self, "--collector.powersupply.ignored-supplies=^BAT")
    #expect(series.count == 2)
    #expect(series.allSatisfy { $0.contains("AC") })
  }

  @Test("a host with an empty class has none, one without it has nothing to read")
  func absent() throws {
    #expect(try HardwareHost(["sys/class/power_supply/": ""]).read(PowersupplyclassCollector.self) == [])
    let host = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try host.read(PowersupplyclassCollector.self) }
  }
}
