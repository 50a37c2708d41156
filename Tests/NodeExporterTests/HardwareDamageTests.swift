import ExporterKit
import Foundation
import TestSupport
import Testing

@testable import NodeExporter

/// Every collector of the hardware on trees with damage: it may fail or leave things out; it must come back.
@Suite("Damaged hardware")
struct HardwareDamageTests {
  private static let rounds = 8

  private static let files = [
    "proc/net/ip_vs_stats": "a\nb\n 1F 20 A 1000 0\n",
    "proc/net/ip_vs": "TCP  0A000001:0050 wlc\n  -> 0A00000A:1F90 Masq 3 40 2\n",
    "sys/class/net/bonding_masters": "bond0\n", "sys/class/net/bond0/bonding/slaves": "eth0 eth1\n",
    "sys/class/net/bond0/lower_eth0/bonding_slave/mii_status": "up\n", "sys/class/net/bond0/flags": "0x1003\n",
    "sys/class/net/bond0/speed": "1000\n", "sys/class/net/bond0/operstate": "up\n",
    "sys/class/hwmon/hwmon0/temp1_input": "48250\n", "sys/class/hwmon/hwmon0/temp1_label": "Core 0\n",
    "sys/class/hwmon/hwmon0/name": "coretemp\n", "sys/class/hwmon/hwmon0/energy9_input": "1\n",
    "sys/class/thermal/thermal_zone0/type": "x86\n", "sys/class/thermal/thermal_zone0/temp": "41500\n",
    "sys/class/thermal/cooling_device0/type": "Fan\n", "sys/class/thermal/cooling_device0/max_state": "9\n",
    "sys/class/thermal/cooling_device0/cur_state": "3\n", "sys/class/power_supply/BAT1/capacity": "63\n",
    "sys/class/power_supply/BAT1/type": "Battery\n", "sys/class/power_supply/BAT1/voltage_now": "11875000\n",
    "sys/class/powercap/intel-rapl:0/name": "package-0\n", "sys/class/powercap/intel-rapl:0/energy_uj": "2500000\n",
    "sys/devices/system/edac/mc/mc0/ce_count": "11\n", "sys/devices/system/edac/mc/mc0/csrow1/ue_count": "1\n",
    "sys/devices/system/cpu/offline": "2,4-5\n", "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "1800000\n",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "a\n",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_available_governors": "a b\n",
    "sys/devices/system/cpu/vulnerabilities/mds": "Mitigation: x\n", "sys/class/dmi/id/bios_vendor": "SeaBIOS\n",
    "sys/class/watchdog/watchdog0/timeout": "30\n", "sys/class/watchdog/watchdog0/identity": "iTCO\n",
    "sys/bus/pci/devices/0000:03:00.0/class": "0x020000\n", "sys/class/drm/card0/device/uevent": "DRIVER=amdgpu\n",
    "sys/class/drm/card0/device/gpu_busy_percent": "42\n",
    "f/results.json": #"[{"IfaceName": "eth0", "Kind": "fq", "Bytes": 1500}]"#,
    "f/interfaces.json": #"[{"name": "w"}]"#,
    "f/w/bss.json": #"{"SSID": "s", "BSSID": "AgAAAAD/", "Status": 2}"#, "f/w/stationinfo.json": #"[{"Signal": -61}]"#,
  ]

  @Test("truncated files, flipped bytes, vanished files and directories in place of files crash nothing")
  func damage() throws {
    var generator = DamageGenerator(for: "damaged hardware")
    for _ in 0..<Self.rounds {
      let tree = try HardwareHost(Self.files)
      for (path, text) in Self.files.sorted(by: { $0.key < $1.key }) {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: break
        case 1:
          try tree.remove(path)
          if Bool.random(using: &generator) { try tree.write("", to: path + "/") }
        default:
          let bytes = generator.damaged(Array(text.utf8))
          try Data(bytes).write(to: URL(fileURLWithPath: tree.path(path)))
        }
      }
      try readAll(tree)
    }
  }

  private static let types: [any NodeCollector.Type] = [
    BondingCollector.self, CpufreqCollector.self, CpuVulnerabilitiesCollector.self, DmiCollector.self,
    DrmCollector.self, EdacCollector.self, HwmonCollector.self, IpvsCollector.self, NetclassCollector.self,
    PcideviceCollector.self, PowersupplyclassCollector.self, QdiscCollector.self, RaplCollector.self,
    ThermalZoneCollector.self, WatchdogCollector.self, WifiCollector.self,
  ]

  private func readAll(_ tree: HardwareHost) throws {
    let fixtures = tree.path("f")
    for type in Self.types {
      let flags = ["--collector.qdisc.fixtures=\(fixtures)", "--collector.wifi.fixtures=\(fixtures)"]
        .filter { flag in type.flags.contains { flag.hasPrefix("--\($0.name)=") } }
      let collector = try type.init(FlagValues(flags, flags: type.flags, environment: [:]))
      _ = try? tree.series(of: collector)
    }
  }
}
