import ExporterKit
import Testing

@testable import NodeExporter

@Suite("pci.ids")
struct PcideviceNamesTests {
  private func names(_ wanted: Set<String>, _ text: String) -> [String: String] {
    Array(text.utf8).withUnsafeBytes { PcideviceNames.names(wanted, in: Bytes($0)) }
  }

  @Test("only what is wanted, at its own level")
  func levels() {
    let text = "0001  A\n\t0001  B\n\t\t0001 0001  C\n0002  D\n\t0001  E\nC 01  F\n\t0001  G\n"
    #expect(
      names(["0001", "0001 0001", "0001 0001 0001 0001", "0002 0001", "C 01"], text) == [
        "0001": "A", "0001 0001": "B", "0001 0001 0001 0001": "C", "0002 0001": "E", "C 01": "F",
      ])
  }

  @Test("lines that are out of place or cut are left out")
  func broken() {
    #expect(names(["0001", "0003"], "\t\t0001  X\n\t\t\t\t0001  Y\n0001\n0003  Z") == ["0003": "Z"])
    #expect(names([""], "\n\n") == [:])
  }
}
