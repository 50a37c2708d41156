import MetricModel

extension Host {
  /// `/proc/vmstat`: one of the groups whose families the kernel chooses, by the names of its lines.
  package enum Vmstat {
    package static let prefix = "node_vmstat_"

    package static func family(_ field: String) -> FamilyDescriptor {
      FamilyDescriptor(
        name: prefix + field, help: "/proc/vmstat information field \(field).", kind: .unknown, use: parity)
    }

    package static let all: [FamilyDescriptor] = []
  }
}
