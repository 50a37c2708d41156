import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Collector udp_queues")
struct UdpQueuesTests {
  private static let heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n"

  private static func socket(_ queues: String) -> String {
    "   0: 00000000:0016 00000000:0000 0A \(queues) 00:00000000 00000000     0        0 2740 1\n"
  }

  @Test("hexadecimal, added up by version of IP")
  func whole() throws {
    let tree = try ProcfsTree([
      "proc/net/udp": Self.heading + Self.socket("00000015:00000001") + Self.socket("0000000a:000000ff"),
      "proc/net/udp6": Self.heading,
    ])
    #expect(
      try tree.read(UdpQueuesCollector.self) == [
        #"node_udp_queues{queue="tx",ip="v4"}"#: 31, #"node_udp_queues{queue="rx",ip="v4"}"#: 256,
        #"node_udp_queues{queue="tx",ip="v6"}"#: 0, #"node_udp_queues{queue="rx",ip="v6"}"#: 0,
      ])
  }

  @Test("either version may be off; without both there is nothing to read")
  func absent() throws {
    let tree = try ProcfsTree(["proc/net/udp6": Self.heading])
    #expect(try tree.read(UdpQueuesCollector.self).count == 2)
    #expect(throws: NothingToRead.self) { try ProcfsTree([:]).read(UdpQueuesCollector.self) }
  }

  @Test("a line without queues is a failure", arguments: ["15", "x:1", "1:", ""])
  func damaged(queues: String) throws {
    let tree = try ProcfsTree(["proc/net/udp": Self.heading + "0: 1:1 2:2 0A \(queues)\n"])
    #expect(throws: HostFormatError.self) { try tree.read(UdpQueuesCollector.self) }
  }
}
