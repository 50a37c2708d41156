import MetricModel

extension Host {
  /// selinux(8): 1 is enforcing, 0 permissive, -1 disabled.
  package enum Selinux {
    package static let configMode = Family<Gauge, NoLabels>(
      "node_selinux_config_mode", "Configured SELinux enforcement mode", use: parity)
    package static let currentMode = Family<Gauge, NoLabels>(
      "node_selinux_current_mode", "Current SELinux enforcement mode", use: parity)
    package static let enabled = Family<Gauge, NoLabels>(
      "node_selinux_enabled", "SELinux is enabled, 1 is true, 0 is false", use: parity)

    package static let all: [FamilyDescriptor] = [configMode.descriptor, currentMode.descriptor, enabled.descriptor]
  }
}
