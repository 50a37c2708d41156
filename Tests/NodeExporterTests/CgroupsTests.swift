import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector cgroups")
struct CgroupsTests {
  @Test("the controllers, without the heading")
  func whole() throws {
    let text = "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t5\t47\t1\nmemory\t0\t234\t0\nbad\t1\n"
    #expect(
      try ProcfsTree(["proc/cgroups": text]).read(CgroupsCollector.self) == [
        #"node_cgroups_cgroups{subsys_name="cpuset"}"#: 47, #"node_cgroups_enabled{subsys_name="cpuset"}"#: 1,
        #"node_cgroups_cgroups{subsys_name="memory"}"#: 234, #"node_cgroups_enabled{subsys_name="memory"}"#: 0,
      ])
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(CgroupsCollector.self) }
  }
}
