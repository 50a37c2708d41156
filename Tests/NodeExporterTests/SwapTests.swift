import Testing

@testable import NodeExporter

@Suite("Collector swap")
struct SwapTests {
  @Test("each device; KiB become bytes, and priorities may be negative")
  func whole() throws {
    let text = "Filename\t\tType\t\tSize\tUsed\tPriority\n/dev/zram0  partition\t8\t2\t-2\n/swap\\040file file 4 0\n"
    #expect(
      try ProcfsTree(["proc/swaps": text]).read(SwapCollector.self) == [
        #"node_swap_size_bytes{device="/dev/zram0",swap_type="partition"}"#: 8192,
        #"node_swap_used_bytes{device="/dev/zram0",swap_type="partition"}"#: 2048,
        #"node_swap_priority{device="/dev/zram0",swap_type="partition"}"#: -2,
      ])
  }
}
