import Testing

@testable import NodeExporter

@Suite("Collector entropy")
struct EntropyTests {
  @Test("what is there, and how much there can be")
  func both() throws {
    let tree = try ProcfsTree([
      "proc/sys/kernel/random/entropy_avail": "256\n", "proc/sys/kernel/random/poolsize": "4096\n",
    ])
    #expect(
      try tree.read(EntropyCollector.self) == ["node_entropy_available_bits": 256, "node_entropy_pool_size_bits": 4096])
  }

  @Test("a missing file is a failure, since every kernel has it")
  func missing() throws {
    let tree = try ProcfsTree(["proc/sys/kernel/random/entropy_avail": "256\n"])
    #expect(throws: HostError.self) { try tree.read(EntropyCollector.self) }
  }
}
