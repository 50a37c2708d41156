import MetricModel

extension Host {
  /// `/proc/net/udp`, `udp6`.
  package enum UdpQueues {
    package struct Labels: LabelSet {
      package static let labelNames = ["queue", "ip"]
      package let labelValues: [String]
      /// - Parameters:
      ///   - queue: `tx` or `rx`.
      ///   - ip: `v4` or `v6`.
      package init(queue: String, ip: String) { labelValues = [queue, ip] }
    }

    package static let queues = Family<Gauge, Labels>(
      "node_udp_queues", "Number of allocated memory in the kernel for UDP datagrams in bytes.", use: parity)

    package static let all: [FamilyDescriptor] = [queues.descriptor]
  }
}
