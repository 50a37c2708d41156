import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector interrupts")
struct InterruptsTests {
  private static let text = """
               CPU0       CPU2
      0:         18          0   IO-APIC   2-edge      timer
    IPI0:12         3       Rescheduling interrupts
     17:          4          5   GIC-0
    NMI:          0          1   Non-maskable interrupts
    ERR:          7

    """

  private static func series(_ cpu: Int, _ type: String, _ info: String, _ devices: String) -> String {
    #"node_interrupts_total{cpu="\#(cpu)",type="\#(type)",info="\#(info)",devices="\#(devices)"}"#
  }

  @Test("each interrupt and processor, numbered as the heading says; sums over all processors are left out")
  func whole() throws {
    let page = try ProcfsTree(["proc/interrupts": Self.text]).read(InterruptsCollector.self)
    #expect(
      page == [
        Self.series(0, "0", "IO-APIC", "2-edge timer"): 18, Self.series(2, "0", "IO-APIC", "2-edge timer"): 0,
        Self.series(0, "IPI0", "Rescheduling interrupts", ""): 12,
        Self.series(2, "IPI0", "Rescheduling interrupts", ""): 3,
        Self.series(0, "17", "GIC-0", ""): 4, Self.series(2, "17", "GIC-0", ""): 5,
        Self.series(0, "NMI", "Non-maskable interrupts", ""): 0,
        Self.series(2, "NMI", "Non-maskable interrupts", ""): 1,
      ])
  }

  @Test("flags leave out zeros, and names")
  func chosen() throws {
    let tree = try ProcfsTree(["proc/interrupts": Self.text])
    let page = try tree.read(
      InterruptsCollector.self, "--no-collector.interrupts.include-zeros",
      "--collector.interrupts.name-exclude=^17;|Rescheduling")
    #expect(
      page == [
        Self.series(0, "0", "IO-APIC", "2-edge timer"): 18, Self.series(2, "NMI", "Non-maskable interrupts", ""): 1,
      ])
    #expect(try tree.read(InterruptsCollector.self, "--collector.interrupts.name-include=;timer$").isEmpty)
    #expect(try tree.read(InterruptsCollector.self, "--collector.interrupts.name-include=timer$").count == 2)
  }

  @Test("an empty file is a failure")
  func empty() throws {
    let tree = try ProcfsTree(["proc/interrupts": ""])
    #expect(throws: HostFormatError.self) { try tree.read(InterruptsCollector.self) }
  }
}
