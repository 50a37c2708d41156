import Catalog
import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector zoneinfo")
struct ZoneinfoTests {
  @Test("the lines that are known, below their zone")
  func whole() throws {
    let text = """
      Node 0, zone      DMA
        per-node stats
            nr_inactive_anon 95612
            workingset_nodes 0
            nr_dirtied   1189097
        pages free     2949
              min      8
              protection: (0, 2039, 31932)
        pagesets
          cpu: 0
                    count: 11
                    high:  14
      Node 0, zone   Normal
        pages free     5113
              min      10
            numa_hit     7
      """
    #expect(
      try ProcfsTree(["proc/zoneinfo": text]).read(ZoneinfoCollector.self) == [
        #"node_zoneinfo_nr_inactive_anon_pages{node="0",zone="DMA"}"#: 95_612,
        #"node_zoneinfo_nr_dirtied_total{node="0",zone="DMA"}"#: 1_189_097,
        #"node_zoneinfo_min_pages{node="0",zone="DMA"}"#: 8, #"node_zoneinfo_min_pages{node="0",zone="Normal"}"#: 10,
        #"node_zoneinfo_protection_0{node="0",zone="DMA"}"#: 0,
        #"node_zoneinfo_protection_1{node="0",zone="DMA"}"#: 2039,
        #"node_zoneinfo_protection_2{node="0",zone="DMA"}"#: 31_932,
        #"node_zoneinfo_numa_hit_total{node="0",zone="Normal"}"#: 7,
      ])
  }

  @Test("counters are those whose names say so")
  func kinds() {
    #expect(Host.Zoneinfo.all.allSatisfy { ($0.kind == .counter) == $0.name.hasSuffix("_total") })
    #expect(Host.Zoneinfo.all.count == 34)
  }
}
