import MetricModel

extension Host {
  /// `/proc/cgroups`: the controllers of cgroup v1.
  package enum Cgroups {
    package enum SubsystemKey: LabelKey { package static let name = "subsys_name" }
    package typealias Subsystem = OpenValue<SubsystemKey>

    package static let cgroups = Family<Gauge, Subsystem>(
      "node_cgroups_cgroups", "Current cgroup number of the subsystem.", use: parity)
    package static let enabled = Family<Gauge, Subsystem>(
      "node_cgroups_enabled", "Current cgroup number of the subsystem.", use: parity)

    package static let all: [FamilyDescriptor] = [cgroups.descriptor, enabled.descriptor]
  }
}
