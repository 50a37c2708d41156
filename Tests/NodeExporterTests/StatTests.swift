import Testing

@testable import NodeExporter

@Suite("Collector stat")
struct StatTests {
  private static let text = """
    cpu  1 2 3 4 5 6 7 8 9 10
    cpu0 1 2 3 4 5 6 7 8 9 10
    intr 8885917 17 0 0
    ctxt 38014093
    btime 1418183276
    processes 26442
    procs_running 2
    procs_blocked 1
    softirq 5057579 250191 1481983 1647 211099 186066 0 1783454 622196 12499 508444

    """

  @Test("the counters, and when the host started")
  func whole() throws {
    #expect(
      try ProcfsTree(["proc/stat": Self.text]).read(StatCollector.self) == [
        "node_intr_total": 8_885_917, "node_context_switches_total": 38_014_093, "node_forks_total": 26_442,
        "node_boot_time_seconds": 1_418_183_276, "node_procs_running": 2, "node_procs_blocked": 1,
      ])
  }

  @Test("a flag adds the soft interrupts in the kernel's order")
  func softirqs() throws {
    let page = try ProcfsTree(["proc/stat": Self.text]).read(StatCollector.self, "--collector.stat.softirq")
    #expect(page.count == 16)
    #expect(page[#"node_softirqs_total{vector="hi"}"#] == 250_191)
    #expect(page[#"node_softirqs_total{vector="block_iopoll"}"#] == 0)
    #expect(page[#"node_softirqs_total{vector="tasklet"}"#] == 1_783_454)
    #expect(page[#"node_softirqs_total{vector="rcu"}"#] == 508_444)
  }

  @Test("a short softirq line gives what it has, and an empty file is a failure")
  func damaged() throws {
    let tree = try ProcfsTree(["proc/stat": "ctxt 4\nbtime x\nsoftirq 5 1 2"])
    let page = try tree.read(StatCollector.self, "--collector.stat.softirq")
    #expect(
      page.keys.sorted() == [
        "node_context_switches_total", #"node_softirqs_total{vector="hi"}"#, #"node_softirqs_total{vector="timer"}"#,
      ])
    try tree.write("", to: "proc/stat")
    #expect(throws: HostFormatError.self) { try tree.read(StatCollector.self) }
  }
}
