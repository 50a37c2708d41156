import MetricModel

extension Host {
  /// `/proc/sys/kernel/random`, random(4).
  package enum Entropy {
    package static let available = Family<Gauge, NoLabels>(
      "node_entropy_available_bits", "Bits of available entropy.", use: parity)
    package static let poolSize = Family<Gauge, NoLabels>(
      "node_entropy_pool_size_bits", "Bits of entropy pool.", use: parity)

    package static let all: [FamilyDescriptor] = [available.descriptor, poolSize.descriptor]
  }
}
