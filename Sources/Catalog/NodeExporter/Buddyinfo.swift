import MetricModel

extension Host {
  /// `/proc/buddyinfo`: free blocks of memory by order.
  package enum Buddyinfo {
    /// The node, its zone, and the order of the blocks: 2^size pages.
    package struct Labels: LabelSet {
      package static let labelNames = ["node", "zone", "size"]
      package let labelValues: [String]
      package init(node: String, zone: String, size: Int) { labelValues = [node, zone, String(size)] }
    }

    package static let blocks = Family<Gauge, Labels>(
      "node_buddyinfo_blocks", "Count of free blocks according to size.", use: parity)

    package static let all: [FamilyDescriptor] = [blocks.descriptor]
  }
}
