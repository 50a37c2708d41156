import Testing

@testable import NodeExporter

@Suite("Collector loadavg")
struct LoadavgTests {
  @Test("three averages")
  func three() throws {
    let tree = try ProcfsTree(["proc/loadavg": "0.21 0.37 12.00 1/719 19737\n"])
    #expect(try tree.read(LoadavgCollector.self) == ["node_load1": 0.21, "node_load5": 0.37, "node_load15": 12])
  }

  @Test("a file without three numbers is a failure", arguments: ["", "0.21 0.37\n", "0.21 x 0.39 1/1 1\n"])
  func short(text: String) throws {
    let tree = try ProcfsTree(["proc/loadavg": text])
    #expect(throws: HostFormatError.self) { try tree.read(LoadavgCollector.self) }
  }
}
