import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector conntrack")
struct ConntrackTests {
  private static let heading =
    "entries searched found new invalid ignore delete delete_list insert insert_failed drop early_drop icmp_error "
    + "expect_new expect_create expect_delete search_restart\n"

  private static func files(_ rows: String...) -> [String: String] {
    [
      "proc/sys/net/netfilter/nf_conntrack_count": "123\n", "proc/sys/net/netfilter/nf_conntrack_max": "65536\n",
      "proc/net/stat/nf_conntrack": heading + rows.joined(separator: "\n") + "\n",
    ]
  }

  @Test("hexadecimal columns, added up over the processors")
  func whole() throws {
    let tree = try ProcfsTree(
      Self.files(
        "21 0 1 0 2 10 0 0 3 4 5 6 0 0 0 0 7", "21 0 a 0 b 20 0 0 c d e f 0 0 0 0 10"))
    #expect(
      try tree.read(ConntrackCollector.self) == [
        "node_nf_conntrack_entries": 123, "node_nf_conntrack_entries_limit": 65_536, "node_nf_conntrack_stat_found": 11,
        "node_nf_conntrack_stat_invalid": 13, "node_nf_conntrack_stat_ignore": 48, "node_nf_conntrack_stat_insert": 15,
        "node_nf_conntrack_stat_insert_failed": 17, "node_nf_conntrack_stat_drop": 19,
        "node_nf_conntrack_stat_early_drop": 21, "node_nf_conntrack_stat_search_restart": 23,
      ])
  }

  @Test("an old kernel lacks the last column")
  func old() throws {
    let page = try ProcfsTree(Self.files("21 0 1 0 2 10 0 0 3 4 5 6 0 0 0 0")).read(ConntrackCollector.self)
    #expect(page["node_nf_conntrack_stat_search_restart"] == 0)
    #expect(page["node_nf_conntrack_stat_early_drop"] == 6)
  }

  @Test("without the module there is nothing to read")
  func absent() throws {
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(ConntrackCollector.self) }
  }
}
