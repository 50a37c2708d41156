import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `node_udp_queues`: the fifth column of `/proc/net/udp` and `udp6` (proc(5)), added up. The kernel walks all its UDP
/// sockets for each of them.
struct UdpQueuesCollector: NodeCollector {
  let name = "udp_queues"
  let help = "Bytes que esperan en los sockets UDP."

  init(_ flags: FlagValues) {}

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    var isFound = false
    for (file, version) in [("net/udp", "v4"), ("net/udp6", "v6")] {
      do {
        let path = host.proc(file)
        let (sent, received) = try host.withKeptBytes(of: path) { try Self.sums($0, path) }
        batch.add(Host.UdpQueues.queues, .init(queue: "tx", ip: version), Double(sent))
        batch.add(Host.UdpQueues.queues, .init(queue: "rx", ip: version), Double(received))
        isFound = true
      } catch let error as HostError where error.isAbsence {
        continue  // This version of IP is off.
      }
    }
    if !isFound { throw NothingToRead("/proc/net/udp") }
  }

  private static func sums(_ bytes: Bytes, _ path: String) throws -> (sent: UInt64, received: UInt64) {
    var (sent, received): (UInt64, UInt64) = (0, 0)
    var isHeading = true
    try bytes.forEachLine { line in
      defer { isHeading = false }
      if isHeading { return }
      // sl local_address rem_address st tx_queue:rx_queue
      var fields = line.fields
      fields.skip(4)
      guard let (tx, rx) = fields.next()?.cut(at: UInt8(ascii: ":")), let out = tx.hexadecimal,
        let waiting = rx.hexadecimal
      else { throw HostFormatError(path, "has a line without queues") }
      sent &+= out
      received &+= waiting
    }
    return (sent, received)
  }
}
