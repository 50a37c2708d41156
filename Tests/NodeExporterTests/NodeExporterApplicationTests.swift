import ExporterKit
import Foundation
import Testing

@testable import NodeExporter

/// What `docs/exporters/node.md` says of the collectors, which operators read before they change over.
@Suite("Collectors of the node exporter, and its document")
struct NodeExporterApplicationTests {
  private let document: String
  private let application = NodeExporterApplication()

  init() throws {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    document = try String(contentsOf: repository.appendingPathComponent("docs/exporters/node.md"), encoding: .utf8)
  }

  /// What stands between backticks in the paragraph that begins so.
  private func names(behind beginning: String) throws -> [String] {
    let start = try #require(document.range(of: "\n\(beginning)"), "no paragraph begins with \(beginning)")
    let end = document.range(of: "\n\n", range: start.upperBound..<document.endIndex)?.lowerBound ?? document.endIndex
    let parts = document[start.upperBound..<end].split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
  }

  @Test("the lists of what is on and off by default are those of the code", arguments: [true, false])
  func defaults(isOn: Bool) throws {
    let listed = try names(behind: isOn ? "On by default:" : "Off by default:")
    #expect(listed == application.collectors.filter { $0.isDefault == isOn }.map(\.name))
    #expect(listed.count > 20)
  }

  @Test("every type gives a collector, each under its own name")
  func collectors() {
    let names = application.collectors.map(\.name)
    #expect(names.count == NodeExporterApplication.types.count)
    #expect(Set(names).count == names.count)
  }

  @Test("the collectors that are left out are those that the exporter refuses with a reason")
  func absent() throws {
    let listed = try names(behind: "Left out:").filter { !$0.hasPrefix("--") && $0 != "containers" }
    let refused = application.absentFlags.map(\.flag).filter { $0.help.hasPrefix("No está:") }.map(\.name)
    #expect(Set(listed.map { "collector.\($0)" }) == Set(refused))
  }
}
