import ExporterKit
import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector vmstat")
struct VmstatTests {
  private static let text = "nr_free_pages 5\npgpgin 10\npgfault 20\npgmajfault 3\npswpout 4\noom_kill 1\npgfree 8\n"

  @Test("the fields that users ask for, of unsaid kind")
  func defaults() throws {
    let tree = try ProcfsTree(["proc/vmstat": Self.text])
    #expect(
      try tree.read(VmstatCollector.self) == [
        "node_vmstat_pgpgin": 10, "node_vmstat_pgfault": 20, "node_vmstat_pgmajfault": 3, "node_vmstat_pswpout": 4,
        "node_vmstat_oom_kill": 1,
      ])
    let family = try tree.families(VmstatCollector.self)["node_vmstat_pgpgin"]
    #expect(family?.kind == .unknown)
    #expect(family?.help == "/proc/vmstat information field pgpgin.")
  }

  @Test("a flag chooses others")
  func chosen() throws {
    let tree = try ProcfsTree(["proc/vmstat": Self.text])
    let page = try tree.read(VmstatCollector.self, "--collector.vmstat.fields=free")
    #expect(page == ["node_vmstat_nr_free_pages": 5, "node_vmstat_pgfree": 8])
    #expect(throws: FlagMistake.self) { try tree.read(VmstatCollector.self, "--collector.vmstat.fields=(") }
  }

  @Test("a garbage number harms its own line")
  func damaged() throws {
    let tree = try ProcfsTree(["proc/vmstat": "pgpgin\npgpgout x\n pgfault 1\npgmajfault 2\n"])
    #expect(try tree.read(VmstatCollector.self) == ["node_vmstat_pgmajfault": 2])
  }
}
