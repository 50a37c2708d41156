import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collectors that are not there")
struct AbsentCollectorsTests {
  private let absent = NodeExporterApplication().absentFlags

  private func refuse(_ argument: String) throws {
    try AbsentFlag.refuse(absent, FlagValues([argument], flags: absent.map(\.flag), environment: [:]))
  }

  @Test(
    "turning one off is accepted, turning one on is refused by name",
    arguments: ["ntp", "perf", "runit", "supervisord"])
  func refusal(name: String) throws {
    try refuse("--no-collector.\(name)")
    let mistake = #expect(throws: FlagMistake.self) { try refuse("--collector.\(name)") }
    #expect(mistake?.description.hasPrefix("--collector.\(name) no está: ") == true)
  }

  @Test("none of them is a collector of ours")
  func disjoint() {
    let ours = Set(NodeExporterApplication().collectors.map { "collector.\($0.name)" })
    #expect(ours.isDisjoint(with: absent.map(\.flag.name)))
  }
}
