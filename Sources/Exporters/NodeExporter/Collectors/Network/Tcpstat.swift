import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_tcp_connection_states`: every TCP socket, from sock_diag(7). The kernel walks all of them, which is why it is
/// off unless asked for.
struct TcpstatCollector: NodeCollector {
  let name = "tcpstat"
  let isDefault = false
  let help = "Conexiones TCP por estado."

  /// In the kernel's order, from 1: include/net/tcp_states.h.
  private static let states = [
    "established", "syn_sent", "syn_recv", "fin_wait1", "fin_wait2", "time_wait", "close", "close_wait", "last_ack",
    "listen", "closing",
  ]
  private static let socketsByFamily: UInt16 = 20
  private static let requestBytes = 56
  private static let messageBytes = 72

  /// What the sockets add up to.
  struct Sums {
    var counts: [Int: Int] = [:]
    var receiveBytes: UInt64 = 0
    var sendBytes: UInt64 = 0

    /// - Parameter message: struct inet_diag_msg: family, state, timer, retransmissions; then the addresses (48 bytes),
    ///   the timer, and the two queues.
    mutating func add(_ message: Bytes) {
      guard message.count >= TcpstatCollector.messageBytes else { return }
      let state = Int(message[1])
      counts[TcpstatCollector.states.indices.contains(state - 1) ? state : 0, default: 0] += 1
      receiveBytes &+= message.littleEndian(at: 56, bytes: 4)
      sendBytes &+= message.littleEndian(at: 60, bytes: 4)
    }
  }

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    var sums = Sums()
    try Self.ask(AF_INET, host, &sums)
    if host.exists(host.proc("net/tcp6")) { try Self.ask(AF_INET6, host, &sums) }
    Self.add(sums, to: &batch)
  }

  private static func ask(_ family: Int32, _ host: NodeHost, _ sums: inout Sums) throws {
    // struct inet_diag_req_v2: family, protocol, extensions, padding, states; then which socket: any.
    let head = [UInt8(truncatingIfNeeded: family), UInt8(IPPROTO_TCP), 0, 0, 0xFF, 0x0F, 0, 0]
    let body = head + [UInt8](repeating: 0, count: requestBytes - head.count)
    var found = Sums()
    let session = try NetlinkSession(.socketDiagnostics, on: host)
    try session.ask(NetlinkRequest(socketsByFamily, isDump: true, head: body)) { found.add($0) }
    sums.counts.merge(found.counts, uniquingKeysWith: &+)
    sums.receiveBytes &+= found.receiveBytes
    sums.sendBytes &+= found.sendBytes
  }

  static func add(_ sums: Sums, to batch: inout SampleBatch) {
    for (number, count) in sums.counts.sorted(by: { $0.key < $1.key }) {
      let state = states.indices.contains(number - 1) ? states[number - 1] : "unknown"
      batch.add(Host.Tcpstat.connectionStates, Host.Tcpstat.State(state), Double(count))
    }
    if sums.counts.isEmpty { return }
    batch.add(Host.Tcpstat.connectionStates, Host.Tcpstat.State("rx_queued_bytes"), Double(sums.receiveBytes))
    batch.add(Host.Tcpstat.connectionStates, Host.Tcpstat.State("tx_queued_bytes"), Double(sums.sendBytes))
  }
}
