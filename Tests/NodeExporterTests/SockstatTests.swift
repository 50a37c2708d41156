import Glibc
import Testing

@testable import NodeExporter

@Suite("Collector sockstat")
struct SockstatTests {
  @Test("each protocol's numbers; pages also as bytes")
  func whole() throws {
    let tree = try ProcfsTree([
      "proc/net/sockstat":
        "sockets: used 229\nTCP: inuse 4 orphan 1 tw 2 alloc 17 mem 3\nFRAG: inuse 0 memory 5\nRAW: other 9\n",
      "proc/net/sockstat6": "TCP6: inuse 17\n",
    ])
    let page = Double(getpagesize())
    #expect(
      try tree.read(SockstatCollector.self) == [
        "node_sockstat_sockets_used": 229, "node_sockstat_TCP_inuse": 4, "node_sockstat_TCP_orphan": 1,
        "node_sockstat_TCP_tw": 2, "node_sockstat_TCP_alloc": 17, "node_sockstat_TCP_mem": 3,
        "node_sockstat_TCP_mem_bytes": 3 * page, "node_sockstat_FRAG_inuse": 0, "node_sockstat_FRAG_memory": 5,
        "node_sockstat_TCP6_inuse": 17,
      ])
  }

  @Test("either version of IP may be off")
  func absent() throws {
    #expect(try ProcfsTree(["proc/net/sockstat6": "UDP6: inuse 9\n"]).read(SockstatCollector.self).count == 1)
    #expect(try ProcfsTree([:]).read(SockstatCollector.self).isEmpty)
  }
}
