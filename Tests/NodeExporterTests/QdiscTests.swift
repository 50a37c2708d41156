import ExporterKit
import JSON
import Testing

@testable import NodeExporter

@Suite("qdisc")
struct QdiscTests {
  private static let fixture = """
    [{"IfaceName": "eth0", "Parent": 0, "Kind": "fq_codel", "Bytes": 1500, "Packets": 3, "Drops": 2, "Requeues": 4,
      "Overlimits": 5, "Qlen": 6, "Backlog": 7},
     {"IfaceName": "eth0", "Parent": 65536, "Kind": "child", "Bytes": 1},
     {"IfaceName": "lo", "Kind": "noqueue"}]
    """

  @Test("root disciplines alone")
  func roots() throws {
    let host = try HardwareHost(["f/results.json": Self.fixture])
    let labels = "{device=\"eth0\",kind=\"fq_codel\"}"
    #expect(
      try host.read(
        QdiscCollector.self, "--collector.qdisc.fixtures=\(host.path("f"))",
        "--collector.qdisc.device-include=eth") == [
          "node_qdisc_backlog\(labels) 7", "node_qdisc_bytes_total\(labels) 1500",
          "node_qdisc_current_queue_length\(labels) 6", "node_qdisc_drops_total\(labels) 2",
          "node_qdisc_overlimits_total\(labels) 5", "node_qdisc_packets_total\(labels) 3",
          "node_qdisc_requeues_total\(labels) 4",
        ])
  }

  @Test("the flags' old spelling counts, and contradictions are refused")
  func flags() throws {
    let host = try HardwareHost(["f/results.json": Self.fixture])
    let fixture = "--collector.qdisc.fixtures=\(host.path("f"))"
    #expect(try host.read(QdiscCollector.self, fixture, "--collector.qdisk.device-exclude=^eth").count == 7)
    for flags in [
      ["--collector.qdisc.device-include=a", "--collector.qdisc.device-exclude=b"],
      ["--collector.qdisc.device-include=a", "--collector.qdisk.device-include=b"],
    ] {
      #expect(throws: FlagMistake.self) { try host.read(QdiscCollector.self, flags[0], flags[1]) }
    }
  }

  @Test("a fixture that is no JSON is a failure")
  func garbage() throws {
    let host = try HardwareHost(["f/results.json": "[{"])
    #expect(throws: JSONMistake.self) {
      try host.read(QdiscCollector.self, "--collector.qdisc.fixtures=\(host.path("f"))")
    }
  }

  @Test("the kernel that runs this answers")
  func live() throws {
    // Every interface has a root discipline, the loopback at least `noqueue`; a container may have none that shows.
    let series = try HardwareHost([:]).read(QdiscCollector.self)
    #expect(series.count.isMultiple(of: 7))
    #expect(series.allSatisfy { $0.hasPrefix("node_qdisc_") && !$0.contains("device=\"\"") })
  }
}
