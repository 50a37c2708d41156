import MetricModel

extension Host {
  /// `/proc/meminfo`: one of the groups whose families the kernel chooses, by the names of its lines.
  package enum Meminfo {
    package static let prefix = "node_memory_"

    /// What rules and panels ask for; the others are built from the file in the same shape.
    package static let memTotal = Family<Gauge, NoLabels>(
      prefix + "MemTotal_bytes", "Memory information field MemTotal_bytes.", unit: .bytes)
    package static let memAvailable = Family<Gauge, NoLabels>(
      prefix + "MemAvailable_bytes", "Memory information field MemAvailable_bytes.", unit: .bytes)

    /// - Parameter field: as in the file, in the alphabet of metric names, with `_bytes` where it is a size.
    package static func family(_ field: String, unit: Unit?) -> FamilyDescriptor {
      FamilyDescriptor(
        name: prefix + field, help: "Memory information field \(field).",
        kind: field.hasSuffix("_total") ? .counter : .gauge, unit: unit, use: parity)
    }

    package static let all: [FamilyDescriptor] = [memTotal.descriptor, memAvailable.descriptor]
  }
}
