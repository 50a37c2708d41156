import MetricModel

extension Host {
  /// `/proc/sys`: one of the groups whose families are chosen elsewhere, by the operator.
  package enum Sysctl {
    package struct InfoLabels: LabelSet {
      package static let labelNames = ["name", "value", "index"]
      package let labelValues: [String]
      package init(name: String, value: String, index: Int) { labelValues = [name, value, String(index)] }
    }

    package static let info = Family<Gauge, InfoLabels>("node_sysctl_info", "sysctl info", use: parity)

    /// - Parameter name: in the alphabet of metric names.
    package static func family(_ name: String, help: String, isIndexed: Bool) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_sysctl_\(name)", help: help, kind: .unknown, labelNames: isIndexed ? ["index"] : [], use: parity)
    }

    package static let all: [FamilyDescriptor] = [info.descriptor]
  }
}
