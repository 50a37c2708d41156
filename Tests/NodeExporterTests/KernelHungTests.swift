import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector kernel_hung")
struct KernelHungTests {
  @Test("the count, and nothing on a kernel that does not count")
  func count() throws {
    let tree = try ProcfsTree(["proc/sys/kernel/hung_task_detect_count": "7\n"])
    #expect(try tree.read(KernelHungCollector.self) == ["node_kernel_hung_tasks_total": 7])
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(KernelHungCollector.self) }
  }
}
