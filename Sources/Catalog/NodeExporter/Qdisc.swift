import MetricModel

extension Host {
  /// Queueing disciplines of the network interfaces.
  package enum Qdisc {
    package enum DeviceKey: LabelKey { package static let name = "device" }
    package enum KindKey: LabelKey { package static let name = "kind" }
    package typealias Root = Pair<OpenValue<DeviceKey>, OpenValue<KindKey>>

    package static let bytes = Family<Counter, Root>(
      "node_qdisc_bytes_total", "Number of bytes sent.", unit: .bytes, use: parity)
    package static let packets = Family<Counter, Root>(
      "node_qdisc_packets_total", "Number of packets sent.", use: parity)
    package static let drops = Family<Counter, Root>(
      "node_qdisc_drops_total", "Number of packets dropped.", use: parity)
    package static let requeues = Family<Counter, Root>(
      "node_qdisc_requeues_total", "Number of packets dequeued, not transmitted, and requeued.", use: parity)
    package static let overlimits = Family<Counter, Root>(
      "node_qdisc_overlimits_total", "Number of overlimit packets.", use: parity)
    package static let queueLength = Family<Gauge, Root>(
      "node_qdisc_current_queue_length", "Number of packets currently in queue to be sent.", use: parity)
    package static let backlog = Family<Gauge, Root>(
      "node_qdisc_backlog", "Number of bytes currently in queue to be sent.", use: parity)

    package static let all: [FamilyDescriptor] = [
      bytes.descriptor, packets.descriptor, drops.descriptor, requeues.descriptor, overlimits.descriptor,
      queueLength.descriptor, backlog.descriptor,
    ]
  }
}
