import Glibc
import Testing

@testable import NodeExporter

@Suite("Collector time")
struct TimeTests {
  @Test("the clock of now, the zone's offset, and the sources of the time")
  func whole() throws {
    let tree = try ProcfsTree([
      "sys/devices/system/clocksource/clocksource0/available_clocksource": "tsc hpet \n",
      "sys/devices/system/clocksource/clocksource0/current_clocksource": "tsc\n",
    ])
    let before = time(nil)
    let page = try tree.read(TimeCollector.self)
    let seconds = try #require(page["node_time_seconds"])
    #expect(seconds >= Double(before) && seconds < Double(before) + 60)
    #expect(page.keys.contains { $0.hasPrefix("node_time_zone_offset_seconds{time_zone=") })
    #expect(page[#"node_time_clocksource_available_info{device="0",clocksource="tsc"}"#] == 1)
    #expect(page[#"node_time_clocksource_available_info{device="0",clocksource="hpet"}"#] == 1)
    #expect(page[#"node_time_clocksource_current_info{device="0",clocksource="tsc"}"#] == 1)
    #expect(page.count == 5)
  }

  @Test("without sysfs the time is still told")
  func absent() throws {
    #expect(try ProcfsTree([:]).read(TimeCollector.self).count == 2)
  }
}
