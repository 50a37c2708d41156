import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collectors that are not there")
struct AbsentCollectorsTests {
  private func flags(_ argument: String) throws -> FlagValues {
    try FlagValues([argument], flags: NodeExporterApplication().flags, environment: [:])
  }

  @Test(
    "turning one off is accepted, turning one on is refused by name",
    arguments: ["ntp", "perf", "runit", "supervisord"])
  func refusal(name: String) throws {
    try AbsentCollectors.refuse(flags("--no-collector.\(name)"))
    try AbsentCollectors.refuse(flags("--path.procfs=/proc"))
    let mistake = #expect(throws: FlagMistake.self) { try AbsentCollectors.refuse(flags("--collector.\(name)")) }
    #expect(mistake?.description.hasPrefix("--collector.\(name) no está: ") == true)
  }

  @Test("none of them is a collector of ours")
  func disjoint() {
    let ours = Set(NodeExporterApplication().collectors.map { "collector.\($0.name)" })
    #expect(ours.isDisjoint(with: AbsentCollectors.flags.map(\.name)))
  }
}
