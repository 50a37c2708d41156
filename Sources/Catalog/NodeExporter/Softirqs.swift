import MetricModel

extension Host {
  /// `/proc/softirqs`.
  package enum Softirqs {
    package struct Labels: LabelSet {
      package static let labelNames = [CPUNumber.labelName, "type"]
      package let labelValues: [String]
      package init(cpu: String, type: String) { labelValues = [cpu, type] }
    }

    package static let functions = Family<Counter, Labels>(
      "node_softirqs_functions_total", "Softirq counts per CPU.", use: parity)

    package static let all: [FamilyDescriptor] = [functions.descriptor]
  }
}
