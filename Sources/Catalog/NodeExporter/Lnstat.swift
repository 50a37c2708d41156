import MetricModel

extension Host {
  /// `/proc/net/stat`: one of the groups whose families the kernel chooses, by the columns of its files.
  package enum Lnstat {
    /// The file's name and the processor.
    package struct Labels: LabelSet {
      package static let labelNames = ["subsystem", "cpu"]
      package let labelValues: [String]
      package init(subsystem: String, cpu: Int) { labelValues = [subsystem, String(cpu)] }
    }

    package static func family(_ column: String) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_lnstat_\(column)_total", help: "linux network cache stats", kind: .counter,
        labelNames: Labels.labelNames, use: parity)
    }

    package static let all: [FamilyDescriptor] = []
  }
}
