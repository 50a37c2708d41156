import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector meminfo")
struct MeminfoTests {
  private static let text = """
    MemTotal:        2048 kB
    MemAvailable:       1 kB
    Active(anon):      10 kB
    HugePages_Total:    3
    Hugepagesize:    2048 kB

    """

  @Test("sizes become bytes, counts stay, parentheses become an underscore")
  func fields() throws {
    let tree = try ProcfsTree(["proc/meminfo": Self.text])
    #expect(
      try tree.read(MeminfoCollector.self) == [
        "node_memory_MemTotal_bytes": 2_097_152, "node_memory_MemAvailable_bytes": 1024,
        "node_memory_Active_anon_bytes": 10_240, "node_memory_HugePages_Total": 3,
        "node_memory_Hugepagesize_bytes": 2_097_152,
      ])
  }

  @Test("they are gauges, with a unit where they are sizes")
  func kinds() throws {
    let families = try ProcfsTree(["proc/meminfo": Self.text]).families(MeminfoCollector.self)
    #expect(families.values.allSatisfy { $0.kind == .gauge })
    #expect(families["node_memory_MemTotal_bytes"]?.unit == .bytes)
    #expect(families["node_memory_HugePages_Total"]?.unit == nil)
    #expect(families["node_memory_MemTotal_bytes"]?.help == "Memory information field MemTotal_bytes.")
  }

  @Test("a line that is no field, and one whose name cannot be a metric's, harm only themselves")
  func damaged() throws {
    let tree = try ProcfsTree(["proc/meminfo": "MemTotal: x kB\nBad-Name: 1 kB\nMemFree:\nBounce: 4 kB"])
    #expect(try tree.read(MeminfoCollector.self) == ["node_memory_Bounce_bytes": 4096])
    try tree.write("nothing here\n", to: "proc/meminfo")
    #expect(throws: HostFormatError.self) { try tree.read(MeminfoCollector.self) }
  }

  @Test("lines that another reading had in another order keep their names")
  func order() throws {
    let tree = try ProcfsTree(["proc/meminfo": "MemTotal: 8 kB\nMemFree: 4 kB\n"])
    let collector = try ProcfsTree.collector(MeminfoCollector.self, [])
    #expect(try tree.read(collector) == ["node_memory_MemTotal_bytes": 8192, "node_memory_MemFree_bytes": 4096])
    try tree.write("MemFree: 3 kB\nBounce: 1 kB\nMemTotal: 8 kB\n", to: "proc/meminfo")
    #expect(
      try tree.read(collector) == [
        "node_memory_MemFree_bytes": 3072, "node_memory_Bounce_bytes": 1024, "node_memory_MemTotal_bytes": 8192,
      ])
  }
}
