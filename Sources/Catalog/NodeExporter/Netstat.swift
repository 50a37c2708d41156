import MetricModel

extension Host {
  /// `/proc/net/netstat`, `snmp`, `snmp6`: one of the groups whose families the kernel chooses, by protocol and column.
  package enum Netstat {
    package static let prefix = "node_netstat_"

    package static func family(_ protocolName: String, _ field: String) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "\(prefix)\(protocolName)_\(field)", help: "Statistic \(protocolName)\(field).", kind: .unknown,
        use: parity)
    }

    package static let all: [FamilyDescriptor] = []
  }
}
