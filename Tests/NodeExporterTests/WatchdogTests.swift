import ExporterKit
import Testing

@testable import NodeExporter

@Suite("watchdog")
struct WatchdogTests {
  @Test("what a watchdog says, and one that says nothing")
  func watchdogs() throws {
    let host = try HardwareHost([
      "sys/class/watchdog/watchdog0/bootstatus": "32\n", "sys/class/watchdog/watchdog0/fw_version": "0x10\n",
      "sys/class/watchdog/watchdog0/nowayout": "1\n", "sys/class/watchdog/watchdog0/timeleft": "17\n",
      "sys/class/watchdog/watchdog0/timeout": "30\n", "sys/class/watchdog/watchdog0/pretimeout": "5\n",
      "sys/class/watchdog/watchdog0/access_cs0": "0\n", "sys/class/watchdog/watchdog0/identity": "iTCO_wdt\n",
      "sys/class/watchdog/watchdog0/options": "0x8180\n", "sys/class/watchdog/watchdog0/state": "active\n",
      "sys/class/watchdog/watchdog0/status": "0x100\n", "sys/class/watchdog/watchdog0/pretimeout_governor": "panic\n",
      "sys/class/watchdog/watchdog1/": "",
    ])
    #expect(
      try host.read(WatchdogCollector.self) == [
        "node_watchdog_access_cs0{name=\"watchdog0\"} 0", "node_watchdog_bootstatus{name=\"watchdog0\"} 32",
        "node_watchdog_fw_version{name=\"watchdog0\"} 16",
        "node_watchdog_info{name=\"watchdog0\",options=\"0x8180\",identity=\"iTCO_wdt\",state=\"active\","
          + "status=\"0x100\",pretimeout_governor=\"panic\"} 1",
        "node_watchdog_info{name=\"watchdog1\",options=\"\",identity=\"\",state=\"\",status=\"\","
          + "pretimeout_governor=\"\"} 1",
        "node_watchdog_nowayout{name=\"watchdog0\"} 1", "node_watchdog_pretimeout_seconds{name=\"watchdog0\"} 5",
        "node_watchdog_timeleft_seconds{name=\"watchdog0\"} 17", "node_watchdog_timeout_seconds{name=\"watchdog0\"} 30",
      ])
  }

  @Test("without the class there is nothing to read")
  func absent() throws {
    let host = try HardwareHost([:])
    #expect(throws: NothingToRead.self) { try host.read(WatchdogCollector.self) }
  }
}
