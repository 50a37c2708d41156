import MetricModel

extension Host {
  /// Frequencies of the processors and who governs them.
  package enum Cpufreq {
    package enum CPUKey: LabelKey { package static let name = "cpu" }
    package typealias CPU = OpenValue<CPUKey>
    package enum GovernorKey: LabelKey { package static let name = "governor" }
    package typealias Governor = OpenValue<GovernorKey>

    package static let current = Family<Gauge, CPU>(
      "node_cpu_frequency_hertz", "Current CPU thread frequency in hertz.", use: parity)
    package static let minimum = Family<Gauge, CPU>(
      "node_cpu_frequency_min_hertz", "Minimum CPU thread frequency in hertz.", use: parity)
    package static let maximum = Family<Gauge, CPU>(
      "node_cpu_frequency_max_hertz", "Maximum CPU thread frequency in hertz.", use: parity)
    package static let scalingCurrent = Family<Gauge, CPU>(
      "node_cpu_scaling_frequency_hertz", "Current scaled CPU thread frequency in hertz.", use: parity)
    package static let scalingMinimum = Family<Gauge, CPU>(
      "node_cpu_scaling_frequency_min_hertz", "Minimum scaled CPU thread frequency in hertz.", use: parity)
    package static let scalingMaximum = Family<Gauge, CPU>(
      "node_cpu_scaling_frequency_max_hertz", "Maximum scaled CPU thread frequency in hertz.", use: parity)
    package static let governor = Family<Gauge, Pair<CPU, Governor>>(
      "node_cpu_scaling_governor", "Current enabled CPU frequency governor.", use: parity)

    package static let all: [FamilyDescriptor] = [
      current.descriptor, minimum.descriptor, maximum.descriptor, scalingCurrent.descriptor, scalingMinimum.descriptor,
      scalingMaximum.descriptor, governor.descriptor,
    ]
  }
}
