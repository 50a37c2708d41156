import ExporterKit
import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector meminfo_numa")
struct MeminfoNumaTests {
  private static let files = [
    "sys/devices/system/node/node0/meminfo":
      "Node 0 MemTotal:  4 kB\nNode 0 Active(file): 2 kB\nNode 0 HugePages_Free: 9\n",
    "sys/devices/system/node/node0/numastat": "numa_hit 100\nnuma_miss 1\n",
    "sys/devices/system/node/node12/meminfo": "\nNode 12 MemTotal:  8 kB\n",
    "sys/devices/system/node/node12/numastat": "numa_hit 200\n",
    "sys/devices/system/node/online": "0,12\n",
  ]

  @Test("each node's lines, sizes in bytes without a suffix")
  func nodes() throws {
    let tree = try ProcfsTree(Self.files)
    #expect(
      try tree.read(MeminfoNumaCollector.self) == [
        #"node_memory_numa_MemTotal{node="0"}"#: 4096, #"node_memory_numa_Active_file{node="0"}"#: 2048,
        #"node_memory_numa_HugePages_Free{node="0"}"#: 9, #"node_memory_numa_numa_hit_total{node="0"}"#: 100,
        #"node_memory_numa_numa_miss_total{node="0"}"#: 1, #"node_memory_numa_MemTotal{node="12"}"#: 8192,
        #"node_memory_numa_numa_hit_total{node="12"}"#: 200,
      ])
    let families = try tree.families(MeminfoNumaCollector.self)
    #expect(families["node_memory_numa_numa_hit_total"]?.kind == .counter)
    #expect(families["node_memory_numa_MemTotal"]?.kind == .gauge)
  }

  @Test("a kernel without memory nodes has nothing to read")
  func absent() throws {
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(MeminfoNumaCollector.self) }
  }
}
