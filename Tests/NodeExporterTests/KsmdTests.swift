import Catalog
import ExporterKit
import MetricModel
import Testing

@testable import NodeExporter

@Suite("Collector ksmd")
struct KsmdTests {
  private static let names = [
    "full_scans", "merge_across_nodes", "pages_shared", "pages_sharing", "pages_to_scan", "pages_unshared",
    "pages_volatile", "run",
  ]

  @Test("nine files; the pause in seconds")
  func whole() throws {
    var files = Dictionary(uniqueKeysWithValues: Self.names.map { ("sys/kernel/mm/ksm/\($0)", "\($0.count)\n") })
    files["sys/kernel/mm/ksm/sleep_millisecs"] = "20\n"
    #expect(
      try ProcfsTree(files).read(KsmdCollector.self) == [
        "node_ksmd_full_scans_total": 10, "node_ksmd_merge_across_nodes": 18, "node_ksmd_pages_shared": 12,
        "node_ksmd_pages_sharing": 13, "node_ksmd_pages_to_scan": 13, "node_ksmd_pages_unshared": 14,
        "node_ksmd_pages_volatile": 14, "node_ksmd_run": 3, "node_ksmd_sleep_seconds": 0.02,
      ])
    #expect(Host.Ksmd.all.filter { $0.kind == .counter }.map(\.name) == ["node_ksmd_full_scans_total"])
  }

  @Test("a kernel without it has nothing to read")
  func absent() throws {
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(KsmdCollector.self) }
  }
}
