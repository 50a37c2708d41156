import ExporterKit
import Testing

@testable import NodeExporter

@Suite("nfs")
struct NfsTests {
  private func series(_ text: String) throws -> [String: Double] {
    try StorageTree(["proc/net/rpc/nfs": text]).series(NfsCollector(.none))
  }

  @Test("each line has its series, and each procedure its place")
  func all() throws {
    let series = try series(
      """
      net 9 4 5 2
      rpc 100 7 101
      proc2 18 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37
      proc3 22 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61
      proc4 4 70 71 72 73

      """)
    #expect(series["node_nfs_packets_total{protocol=\"udp\"}"] == 4)
    #expect(series["node_nfs_packets_total{protocol=\"tcp\"}"] == 5)
    #expect(series["node_nfs_connections_total"] == 2)
    #expect(series["node_nfs_rpcs_total"] == 100)
    #expect(series["node_nfs_rpc_retransmissions_total"] == 7)
    #expect(series["node_nfs_rpc_authentication_refreshes_total"] == 101)
    // RFC 1094: 0 NULL, 6 READ, 17 STATFS. RFC 1813: 1 GETATTR, 17 READDIRPLUS, 21 COMMIT.
    #expect(series["node_nfs_requests_total{method=\"Null\",proto=\"2\"}"] == 20)
    #expect(series["node_nfs_requests_total{method=\"Read\",proto=\"2\"}"] == 26)
    #expect(series["node_nfs_requests_total{method=\"FsStat\",proto=\"2\"}"] == 37)
    #expect(series["node_nfs_requests_total{method=\"GetAttr\",proto=\"3\"}"] == 41)
    #expect(series["node_nfs_requests_total{method=\"ReadDirPlus\",proto=\"3\"}"] == 57)
    #expect(series["node_nfs_requests_total{method=\"Commit\",proto=\"3\"}"] == 61)
    #expect(series["node_nfs_requests_total{method=\"Read\",proto=\"4\"}"] == 71)
    #expect(series["node_nfs_requests_total{method=\"Commit\",proto=\"4\"}"] == 73)
    // Beyond what this kernel counts.
    #expect(series["node_nfs_requests_total{method=\"Clone\",proto=\"4\"}"] == 0)
    #expect(series.count == 2 + 1 + 3 + 18 + 22 + 59)
  }

  @Test("a line that is short or not there costs its own series")
  func short() throws {
    let series = try series("rpc 3\nnet x\n")
    #expect(series["node_nfs_rpcs_total"] == 3)
    #expect(series["node_nfs_rpc_retransmissions_total"] == nil)
    #expect(series["node_nfs_connections_total"] == nil)
  }

  @Test("a host that mounts nothing of NFS has nothing to read")
  func absent() {
    #expect(throws: NothingToRead.self) { try StorageTree().series(NfsCollector(.none)) }
  }
}
