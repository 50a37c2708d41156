import ExporterKit
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Storage: defaults")
struct StorageDefaultsTests {
  @Test("the same collectors are off by default as with the standard exporter")
  func states() {
    let mine = NodeExporterApplication().collectors.filter { StorageSamples.collectors.contains($0.name) }
    #expect(mine.count == StorageSamples.collectors.count)
    #expect(mine.filter { !$0.isDefault }.map(\.name) == ["drbd", "mountstats"])
  }

  @Test("a host with no storage at all costs each collector nothing but a look")
  func nothing() throws {
    let tree = try StorageTree()
    for type in NodeExporterApplication.types {
      let collector = try type.init(.none)
      guard StorageSamples.collectors.contains(collector.name) else { continue }
      let before = tree.host.usage.queries
      #expect((try? tree.batch(collector).seriesCount) ?? 0 == 0, "\(collector.name)")
      #expect(tree.host.usage.queries - before == 0, "\(collector.name)")
    }
  }
}
