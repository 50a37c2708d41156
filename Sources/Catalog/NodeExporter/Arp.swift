import MetricModel

extension Host {
  /// The IPv4 neighbour table, arp(7).
  package enum Arp {
    package static let entries = Family<Gauge, Device>("node_arp_entries", "ARP entries by device", use: parity)

    package static let all: [FamilyDescriptor] = [entries.descriptor]
  }
}
