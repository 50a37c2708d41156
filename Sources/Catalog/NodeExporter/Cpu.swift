import MetricModel

extension Host {
  /// The processors' time, state and throttling: `/proc/stat`, `/sys/devices/system/cpu`.
  package enum Cpu {
    package struct ModeLabels: LabelSet {
      package static let labelNames = [CPUNumber.labelName, Mode.labelName]
      package let labelValues: [String]
      package var mode: Mode { Mode(labelValues.last ?? "") }
      package init(cpu: String, mode: String) { labelValues = [cpu, mode] }
    }

    package enum ModeKey: LabelKey { package static let name = "mode" }
    /// What a processor does: proc_stat(5).
    package typealias Mode = OpenValue<ModeKey>

    package struct CoreLabels: LabelSet {
      package static let labelNames = [Package.labelName, "core"]
      package let labelValues: [String]
      package init(package: String, core: String) { labelValues = [package, core] }
    }

    package enum PackageKey: LabelKey { package static let name = "package" }
    /// What sits in one socket.
    package typealias Package = OpenValue<PackageKey>

    package static let seconds = Family<Counter, ModeLabels>(
      "node_cpu_seconds_total", "Seconds the CPUs spent in each mode.", unit: .seconds)
    package static let guestSeconds = Family<Counter, ModeLabels>(
      "node_cpu_guest_seconds_total", "Seconds the CPUs spent in guests (VMs) for each mode.", unit: .seconds,
      use: parity)
    package static let coreThrottles = Family<Counter, CoreLabels>(
      "node_cpu_core_throttles_total", "Number of times this CPU core has been throttled.", use: parity)
    package static let packageThrottles = Family<Counter, Package>(
      "node_cpu_package_throttles_total", "Number of times this CPU package has been throttled.", use: parity)
    package static let isolated = Family<Gauge, CPUNumber>(
      "node_cpu_isolated", "Whether each core is isolated, information from /sys/devices/system/cpu/isolated.",
      use: parity)
    package static let online = Family<Gauge, CPUNumber>(
      "node_cpu_online", "CPUs that are online and being scheduled.", use: parity)

    package static let all: [FamilyDescriptor] = [
      seconds.descriptor, guestSeconds.descriptor, coreThrottles.descriptor, packageThrottles.descriptor,
      isolated.descriptor, online.descriptor,
    ]
  }
}
