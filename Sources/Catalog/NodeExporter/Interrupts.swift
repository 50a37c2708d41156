import MetricModel

extension Host {
  /// `/proc/interrupts`.
  package enum Interrupts {
    package struct Labels: LabelSet {
      package static let labelNames = ["cpu", "type", "info", "devices"]
      package let labelValues: [String]
      package init(cpu: String, type: String, info: String, devices: String) {
        labelValues = [cpu, type, info, devices]
      }
    }

    package static let interrupts = Family<Counter, Labels>(
      "node_interrupts_total", "Interrupt details.", use: parity)

    package static let all: [FamilyDescriptor] = [interrupts.descriptor]
  }
}
