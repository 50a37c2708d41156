import Testing

@testable import NodeExporter

@Suite("Collector buddyinfo")
struct BuddyinfoTests {
  @Test("each zone's blocks by order")
  func whole() throws {
    let text = "Node 0, zone      DMA      1      0      3 \nNode 1, zone   Normal   4381   1093\nNode x\n"
    #expect(
      try ProcfsTree(["proc/buddyinfo": text]).read(BuddyinfoCollector.self) == [
        #"node_buddyinfo_blocks{node="0",zone="DMA",size="0"}"#: 1,
        #"node_buddyinfo_blocks{node="0",zone="DMA",size="1"}"#: 0,
        #"node_buddyinfo_blocks{node="0",zone="DMA",size="2"}"#: 3,
        #"node_buddyinfo_blocks{node="1",zone="Normal",size="0"}"#: 4381,
        #"node_buddyinfo_blocks{node="1",zone="Normal",size="1"}"#: 1093,
      ])
  }
}
