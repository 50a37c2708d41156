import MetricModel

extension Host {
  /// uname(2).
  package enum Uname {
    package struct Labels: LabelSet {
      package static let labelNames = ["sysname", "release", "version", "machine", "nodename", "domainname"]
      package let labelValues: [String]
      /// - Parameter values: in the order of the names.
      package init(_ values: [String]) { labelValues = values }
    }

    package static let info = Family<Gauge, Labels>(
      "node_uname_info", "Labeled system information as provided by the uname system call.", use: parity)

    package static let all: [FamilyDescriptor] = [info.descriptor]
  }
}
