import Catalog
import Foundation
import MetricModel
import Testing

/// The tables of `docs/exporters/`, which operators read before they change over.
@Suite("Tables of the exporters")
struct ExporterTablesTests {
  @Test("every family that an exporter declares is in its table")
  func complete() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/exporters")
    for (file, families) in [("node.md", Host.all), ("postgres.md", PG.all), ("redis.md", RedisInstance.all)] {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      #expect(families.map(\.name).filter { !words.contains($0) } == [], "\(file)")
    }
  }
}
