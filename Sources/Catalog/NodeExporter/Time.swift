import MetricModel

extension Host {
  /// The system's clock, and what it is driven by: `/sys/devices/system/clocksource`.
  package enum Time {
    package enum ZoneKey: LabelKey { package static let name = "time_zone" }
    /// Abbreviated, for example `UTC`.
    package typealias Zone = OpenValue<ZoneKey>

    package struct SourceLabels: LabelSet {
      package static let labelNames = [Device.labelName, "clocksource"]
      package let labelValues: [String]
      package init(device: Int, source: String) { labelValues = [String(device), source] }
    }

    package static let seconds = Family<Gauge, NoLabels>(
      "node_time_seconds", "System time in seconds since epoch (1970).", unit: .seconds)
    package static let zoneOffset = Family<Gauge, Zone>(
      "node_time_zone_offset_seconds", "System time zone offset in seconds.", unit: .seconds, use: parity)
    package static let availableSource = Family<Gauge, SourceLabels>(
      "node_time_clocksource_available_info",
      "Available clocksources read from '/sys/devices/system/clocksource'.", use: parity)
    package static let currentSource = Family<Gauge, SourceLabels>(
      "node_time_clocksource_current_info",
      "Current clocksource read from '/sys/devices/system/clocksource'.", use: parity)

    package static let all: [FamilyDescriptor] = [
      seconds.descriptor, zoneOffset.descriptor, availableSource.descriptor, currentSource.descriptor,
    ]
  }
}
