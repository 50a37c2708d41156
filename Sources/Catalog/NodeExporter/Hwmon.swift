import MetricModel

extension Host {
  /// `node_hwmon_*`: the sensors' drivers choose most of the names, so that their descriptors are built from what is
  /// there, in the shape declared here.
  package enum Hwmon {
    package enum ChipKey: LabelKey { package static let name = "chip" }
    package typealias Chip = OpenValue<ChipKey>
    package enum ChipNameKey: LabelKey { package static let name = "chip_name" }
    package typealias ChipName = OpenValue<ChipNameKey>
    package enum SensorKey: LabelKey { package static let name = "sensor" }
    package typealias Sensor = OpenValue<SensorKey>
    package enum LabelTextKey: LabelKey { package static let name = "label" }
    package typealias LabelText = OpenValue<LabelTextKey>

    /// What every name of the group begins with; nothing else does.
    package static let prefix = "node_hwmon_"

    package static let chipNames = Family<Gauge, Pair<Chip, ChipName>>(
      prefix + "chip_names", "Annotation metric for human-readable chip names", use: parity)
    package static let sensorLabel = Family<Gauge, Triple<Chip, Sensor, LabelText>>(
      prefix + "sensor_label", "Label for given chip and sensor", use: parity)
    package static let beepEnabled = Family<Gauge, Pair<Chip, Sensor>>(
      prefix + "beep_enabled", "Hardware beep enabled", use: parity)
    package static let voltageRegulatorVersion = Family<Gauge, Pair<Chip, Sensor>>(
      prefix + "voltage_regulator_version", "Hardware voltage regulator", use: parity)
    package static let updateInterval = Family<Gauge, Pair<Chip, Sensor>>(
      prefix + "update_interval_seconds", "Hardware monitor update interval", unit: .seconds, use: parity)

    private static let labelNames = [ChipKey.name, SensorKey.name]

    /// - Parameters:
    ///   - name: behind the prefix, with the unit, in the alphabet of metric names.
    ///   - help: what the standard exporter says of this element.
    package static func family(_ name: String, help: String, isCounter: Bool) -> FamilyDescriptor {
      FamilyDescriptor(
        name: prefix + name, help: help, kind: isCounter ? .counter : .gauge, labelNames: labelNames, use: parity)
    }

    package static let all: [FamilyDescriptor] = [
      chipNames.descriptor, sensorLabel.descriptor, beepEnabled.descriptor, voltageRegulatorVersion.descriptor,
      updateInterval.descriptor,
    ]
  }
}
