import MetricModel

extension Host {
  /// Hardware and software watchdogs.
  package enum Watchdog {
    package enum NameKey: LabelKey { package static let name = "name" }
    package typealias Name = OpenValue<NameKey>

    package struct InfoLabels: LabelSet {
      package static let labelNames = ["name", "options", "identity", "state", "status", "pretimeout_governor"]
      package let labelValues: [String]
      package init(
        _ name: String, options: String, identity: String, state: String, status: String, pretimeoutGovernor: String
      ) {
        labelValues = [name, options, identity, state, status, pretimeoutGovernor]
      }
    }

    package static let bootstatus = Family<Gauge, Name>(
      "node_watchdog_bootstatus", "Value of /sys/class/watchdog/<watchdog>/bootstatus", use: parity)
    package static let firmwareVersion = Family<Gauge, Name>(
      "node_watchdog_fw_version", "Value of /sys/class/watchdog/<watchdog>/fw_version", use: parity)
    package static let nowayout = Family<Gauge, Name>(
      "node_watchdog_nowayout", "Value of /sys/class/watchdog/<watchdog>/nowayout", use: parity)
    package static let timeleft = Family<Gauge, Name>(
      "node_watchdog_timeleft_seconds", "Value of /sys/class/watchdog/<watchdog>/timeleft", unit: .seconds, use: parity)
    package static let timeout = Family<Gauge, Name>(
      "node_watchdog_timeout_seconds", "Value of /sys/class/watchdog/<watchdog>/timeout", unit: .seconds, use: parity)
    package static let pretimeout = Family<Gauge, Name>(
      "node_watchdog_pretimeout_seconds", "Value of /sys/class/watchdog/<watchdog>/pretimeout", unit: .seconds,
      use: parity)
    package static let accessCs0 = Family<Gauge, Name>(
      "node_watchdog_access_cs0", "Value of /sys/class/watchdog/<watchdog>/access_cs0", use: parity)
    package static let info = Family<Gauge, InfoLabels>(
      "node_watchdog_info", "Info of /sys/class/watchdog/<watchdog>", use: parity)

    package static let all: [FamilyDescriptor] = [
      bootstatus.descriptor, firmwareVersion.descriptor, nowayout.descriptor, timeleft.descriptor, timeout.descriptor,
      pretimeout.descriptor, accessCs0.descriptor, info.descriptor,
    ]
  }
}
