import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector pressure")
struct PressureTests {
  private static func line(_ kind: String, _ total: Int) -> String {
    "\(kind) avg10=0.00 avg60=1.50 avg300=0.10 total=\(total)\n"
  }

  private static let files = [
    "proc/pressure/cpu": line("some", 14_000_000) + line("full", 5),
    "proc/pressure/io": line("some", 2_500_000) + line("full", 1_250_000),
    "proc/pressure/memory": line("some", 8) + line("full", 0),
    "proc/pressure/irq": line("full", 8494),
  ]

  @Test("microseconds become seconds; the processors' full stalls have no meaning for the host")
  func whole() throws {
    let tree = try ProcfsTree(Self.files)
    #expect(
      try tree.read(PressureCollector.self) == [
        "node_pressure_cpu_waiting_seconds_total": 14, "node_pressure_io_waiting_seconds_total": 2.5,
        "node_pressure_io_stalled_seconds_total": 1.25, "node_pressure_memory_waiting_seconds_total": 0.000008,
        "node_pressure_memory_stalled_seconds_total": 0, "node_pressure_irq_stalled_seconds_total": 0.008494,
      ])
  }

  @Test("an older kernel lacks interrupts, and a yet older one all of it")
  func partly() throws {
    let page = try ProcfsTree(Self.files.filter { !$0.key.hasSuffix("irq") }).read(PressureCollector.self)
    #expect(page.count == 5)
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(PressureCollector.self) }
  }

  @Test("a line without a total is left out")
  func damaged() throws {
    let tree = try ProcfsTree(["proc/pressure/io": "some avg10=0.00 total=x\nfull total=1000000\nother total=3\n"])
    #expect(try tree.read(PressureCollector.self) == ["node_pressure_io_stalled_seconds_total": 1])
  }
}
