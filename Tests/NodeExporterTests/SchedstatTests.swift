import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector schedstat")
struct SchedstatTests {
  @Test("the last three columns of each processor, nanoseconds as seconds")
  func whole() throws {
    let text = """
      version 17
      timestamp 4295022590
      cpu0 1 2 3 4 5 6 2500000000 1500000000 7
      domain0 MC 3 1 2 3
      cpu12 1 2 3 4 5 6 1000000 0 2
      cpu13 1 2 3 4 5 6 1000000

      """
    #expect(
      try ProcfsTree(["proc/schedstat": text]).read(SchedstatCollector.self) == [
        #"node_schedstat_running_seconds_total{cpu="0"}"#: 2.5, #"node_schedstat_waiting_seconds_total{cpu="0"}"#: 1.5,
        #"node_schedstat_timeslices_total{cpu="0"}"#: 7, #"node_schedstat_running_seconds_total{cpu="12"}"#: 0.001,
        #"node_schedstat_waiting_seconds_total{cpu="12"}"#: 0, #"node_schedstat_timeslices_total{cpu="12"}"#: 2,
      ])
  }

  @Test("a kernel that keeps none has nothing to read")
  func absent() throws {
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(SchedstatCollector.self) }
  }
}
