import ExporterKit
import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector lnstat")
struct LnstatTests {
  @Test("each file's columns, a row a processor")
  func whole() throws {
    let tree = try ProcfsTree([
      "proc/net/stat/arp_cache": "entries  allocs bad-name\n00000014  0000000d 1\n00000014  ffffffff 2\n",
      "proc/net/stat/ndisc_cache": "entries\t\tlookups\n00000024\t00000001\n",
    ])
    #expect(
      try tree.read(LnstatCollector.self) == [
        #"node_lnstat_entries_total{subsystem="arp_cache",cpu="0"}"#: 20,
        #"node_lnstat_entries_total{subsystem="arp_cache",cpu="1"}"#: 20,
        #"node_lnstat_allocs_total{subsystem="arp_cache",cpu="0"}"#: 13,
        #"node_lnstat_allocs_total{subsystem="arp_cache",cpu="1"}"#: 4_294_967_295,
        #"node_lnstat_entries_total{subsystem="ndisc_cache",cpu="0"}"#: 36,
        #"node_lnstat_lookups_total{subsystem="ndisc_cache",cpu="0"}"#: 1,
      ])
    #expect(try tree.families(LnstatCollector.self)["node_lnstat_allocs_total"]?.kind == .counter)
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(LnstatCollector.self) }
  }
}
