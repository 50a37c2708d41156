import MetricModel

extension Host {
  /// `/proc/swaps`.
  package enum Swap {
    package struct Labels: LabelSet {
      package static let labelNames = [Device.labelName, "swap_type"]
      package let labelValues: [String]
      package init(device: String, type: String) { labelValues = [device, type] }
    }

    package static let size = Family<Gauge, Labels>(
      "node_swap_size_bytes", "Swap device size in bytes.", unit: .bytes, use: parity)
    package static let used = Family<Gauge, Labels>(
      "node_swap_used_bytes", "Swap device used in bytes.", unit: .bytes, use: parity)
    package static let priority = Family<Gauge, Labels>("node_swap_priority", "Swap device priority.", use: parity)

    package static let all: [FamilyDescriptor] = [size.descriptor, used.descriptor, priority.descriptor]
  }
}
