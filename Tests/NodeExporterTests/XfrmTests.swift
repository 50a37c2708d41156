import Catalog
import ExporterKit
import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector xfrm")
struct XfrmTests {
  @Test("the lines that are known")
  func whole() throws {
    let text = "XfrmInError     \t1\nXfrmOutStateInvalid 28765\nXfrmAcquireError 24532\nXfrmNew 3\nXfrmFwdHdrError\n"
    #expect(
      try ProcfsTree(["proc/net/xfrm_stat": text]).read(XfrmCollector.self) == [
        "node_xfrm_in_error_packets_total": 1, "node_xfrm_out_state_invalid_packets_total": 28_765,
        "node_xfrm_acquire_error_packets_total": 24_532,
      ])
    #expect(Host.Xfrm.all.count == 28)
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(XfrmCollector.self) }
  }
}
