import Testing

@testable import NodeExporter

@Suite("Collector softirqs")
struct SoftirqsTests {
  @Test("each kind and processor; what is damaged harms itself")
  func whole() throws {
    let text =
      "                    CPU0       CPU1\n          HI:          7          1\n       TIMER:  424191 x\nnothing\n"
    #expect(
      try ProcfsTree(["proc/softirqs": text]).read(SoftirqsCollector.self) == [
        #"node_softirqs_functions_total{cpu="0",type="HI"}"#: 7,
        #"node_softirqs_functions_total{cpu="1",type="HI"}"#: 1,
        #"node_softirqs_functions_total{cpu="0",type="TIMER"}"#: 424_191,
      ])
  }

  @Test("an empty file is a failure")
  func empty() throws {
    let tree = try ProcfsTree(["proc/softirqs": ""])
    #expect(throws: HostFormatError.self) { try tree.read(SoftirqsCollector.self) }
  }
}
