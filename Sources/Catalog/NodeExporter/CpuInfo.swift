import MetricModel

extension Host {
  /// `/proc/cpuinfo`: what the processors are; part of the collector `cpu`.
  package enum CpuInfo {
    package struct Labels: LabelSet {
      package static let labelNames = [
        "package", "core", "cpu", "vendor", "family", "model", "model_name", "microcode", "stepping", "cachesize",
      ]
      package let labelValues: [String]
      /// - Parameter values: in the order of the names.
      package init(_ values: [String]) { labelValues = values }
    }

    package struct FrequencyLabels: LabelSet {
      package static let labelNames = ["package", "core", "cpu"]
      package let labelValues: [String]
      package init(package: String, core: String, cpu: String) { labelValues = [package, core, cpu] }
    }

    package enum FlagKey: LabelKey { package static let name = "flag" }
    /// Something that the processor can.
    package typealias Flag = OpenValue<FlagKey>

    package enum BugKey: LabelKey { package static let name = "bug" }
    /// A weakness that the kernel knows it has.
    package typealias Bug = OpenValue<BugKey>

    package static let info = Family<Gauge, Labels>("node_cpu_info", "CPU information from /proc/cpuinfo.", use: parity)
    /// Of cpufreq's family, with the labels that `/proc/cpuinfo` has; off where cpufreq says it.
    package static let frequency = Cpufreq.current.descriptor.withLabels(FrequencyLabels.labelNames)
    package static let flagInfo = Family<Gauge, Flag>(
      "node_cpu_flag_info",
      "The `flags` field of CPU information from /proc/cpuinfo taken from the first core.", use: parity)
    package static let bugInfo = Family<Gauge, Bug>(
      "node_cpu_bug_info",
      "The `bugs` field of CPU information from /proc/cpuinfo taken from the first core.", use: parity)

    package static let all: [FamilyDescriptor] = [
      info.descriptor, flagInfo.descriptor, bugInfo.descriptor,
    ]
  }
}
