import MetricModel

extension Host {
  /// `node_rapl_*`: energy that the processor's zones have used. The zones' names are the processor's.
  package enum Rapl {
    package enum IndexKey: LabelKey { package static let name = "index" }
    package enum PathKey: LabelKey { package static let name = "path" }
    package enum ZoneKey: LabelKey { package static let name = "rapl_zone" }

    /// With the flag that asks for one family.
    package static let joules = Family<
      Counter, Triple<OpenValue<IndexKey>, OpenValue<PathKey>, OpenValue<ZoneKey>>
    >("node_rapl_joules_total", "Current RAPL value in joules", use: parity)

    /// - Parameters:
    ///   - zone: as the processor calls it.
    ///   - name: the same in the alphabet of metric names.
    package static func joules(of zone: String, name: String) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_rapl_\(name)_joules_total", help: "Current RAPL \(zone) value in joules", kind: .counter,
        labelNames: [IndexKey.name, PathKey.name], use: parity)
    }

    package static let all: [FamilyDescriptor] = [joules.descriptor]
  }
}
