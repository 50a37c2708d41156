import MetricModel

extension Host {
  /// Units of the service manager.
  package enum Systemd {
    package enum NameKey: LabelKey { package static let name = "name" }
    package typealias Name = OpenValue<NameKey>
    package enum StateKey: LabelKey { package static let name = "state" }
    package typealias State = OpenValue<StateKey>
    package enum TypeKey: LabelKey { package static let name = "type" }
    package typealias Unit = Triple<Name, State, OpenValue<TypeKey>>
    package enum VersionKey: LabelKey { package static let name = "version" }
    package typealias Version = OpenValue<VersionKey>
    package enum VirtualizationKey: LabelKey { package static let name = "virtualization_type" }
    package typealias Virtualization = OpenValue<VirtualizationKey>

    package static let unitState = Family<Gauge, Unit>("node_systemd_unit_state", "Systemd unit", use: parity)
    package static let unitStartTime = Family<Gauge, Name>(
      "node_systemd_unit_start_time_seconds", "Start time of the unit since unix epoch in seconds.", unit: .seconds,
      use: parity)
    package static let unitTasks = Family<Gauge, Name>(
      "node_systemd_unit_tasks_current", "Current number of tasks per Systemd unit", use: parity)
    package static let unitTasksMaximum = Family<Gauge, Name>(
      "node_systemd_unit_tasks_max", "Maximum number of tasks per Systemd unit", use: parity)
    package static let systemRunning = Family<Gauge, NoLabels>(
      "node_systemd_system_running", "Whether the system is operational (see 'systemctl is-system-running')",
      use: parity)
    package static let units = Family<Gauge, State>(
      "node_systemd_units", "Summary of systemd unit states", use: parity)
    package static let serviceRestarts = Family<Counter, Name>(
      "node_systemd_service_restart_total", "Service unit count of Restart triggers", use: parity)
    package static let timerLastTrigger = Family<Gauge, Name>(
      "node_systemd_timer_last_trigger_seconds", "Seconds since epoch of last trigger.", unit: .seconds, use: parity)
    package static let socketAccepted = Family<Counter, Name>(
      "node_systemd_socket_accepted_connections_total", "Total number of accepted socket connections", use: parity)
    package static let socketConnections = Family<Gauge, Name>(
      "node_systemd_socket_current_connections", "Current number of socket connections", use: parity)
    /// A gauge with a counter's name, as the standard exporter has it.
    package static let socketRefused = Family<Gauge, Name>(
      "node_systemd_socket_refused_connections_total", "Total number of refused socket connections", use: parity)
    package static let version = Family<Gauge, Version>(
      "node_systemd_version", "Detected systemd version", use: parity)
    package static let virtualization = Family<Gauge, Virtualization>(
      "node_systemd_virtualization_info", "Detected virtualization technology", use: parity)

    package static let all: [FamilyDescriptor] = [
      unitState.descriptor, unitStartTime.descriptor, unitTasks.descriptor, unitTasksMaximum.descriptor,
      systemRunning.descriptor, units.descriptor, serviceRestarts.descriptor, timerLastTrigger.descriptor,
      socketAccepted.descriptor, socketConnections.descriptor, socketRefused.descriptor, version.descriptor,
      virtualization.descriptor,
    ]
  }
}
