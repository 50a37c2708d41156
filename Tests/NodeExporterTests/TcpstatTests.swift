import ExporterKit
import Glibc
import Telemetry
import Testing

@testable import NodeExporter

@Suite("Collector tcpstat")
struct TcpstatTests {
  /// struct inet_diag_msg with this state and these queues.
  private static func message(state: UInt8, received: UInt8, sent: UInt8) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 72)
    (bytes[0], bytes[1], bytes[56], bytes[60]) = (2, state, received, sent)
    return bytes
  }

  @Test("sockets by state, and the bytes in their queues")
  func sums() {
    var sums = TcpstatCollector.Sums()
    let messages = [
      Self.message(state: 1, received: 5, sent: 7), Self.message(state: 1, received: 0, sent: 1),
      Self.message(state: 10, received: 2, sent: 0), Self.message(state: 12, received: 0, sent: 0),
      Self.message(state: 0, received: 0, sent: 0), Array(Self.message(state: 3, received: 9, sent: 9).dropLast()),
    ]
    for message in messages { message.withUnsafeBytes { sums.add(Bytes($0)) } }
    var batch = SampleBatch()
    TcpstatCollector.add(sums, to: &batch)
    #expect(
      ProcfsTree.series(batch) == [
        #"node_tcp_connection_states{state="established"}"#: 2, #"node_tcp_connection_states{state="listen"}"#: 1,
        #"node_tcp_connection_states{state="unknown"}"#: 2,
        #"node_tcp_connection_states{state="rx_queued_bytes"}"#: 7,
        #"node_tcp_connection_states{state="tx_queued_bytes"}"#: 8,
      ])
  }

  @Test("the kernel tells of a socket that listens")
  func real() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    #expect(listen(listener, 1) == 0)
    let page = try ProcfsTree([:]).read(TcpstatCollector.self)
    #expect(page[#"node_tcp_connection_states{state="listen"}"#] ?? 0 >= 1)
  }
}
