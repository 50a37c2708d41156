import MetricModel

extension Host {
  /// Zones and cooling devices of `/sys/class/thermal`.
  package enum ThermalZone {
    package enum ZoneKey: LabelKey { package static let name = "zone" }
    package enum NameKey: LabelKey { package static let name = "name" }
    package enum TypeKey: LabelKey { package static let name = "type" }
    package typealias Zone = Pair<OpenValue<ZoneKey>, OpenValue<TypeKey>>
    package typealias Device = Pair<OpenValue<NameKey>, OpenValue<TypeKey>>

    package static let temperature = Family<Gauge, Zone>(
      "node_thermal_zone_temp", "Zone temperature in Celsius", use: parity)
    package static let currentState = Family<Gauge, Device>(
      "node_cooling_device_cur_state", "Current throttle state of the cooling device", use: parity)
    package static let maximumState = Family<Gauge, Device>(
      "node_cooling_device_max_state", "Maximum throttle state of the cooling device", use: parity)

    package static let all: [FamilyDescriptor] = [
      temperature.descriptor, currentState.descriptor, maximumState.descriptor,
    ]
  }
}
