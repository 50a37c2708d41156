import MetricModel

extension Host {
  /// The slaves of bonding interfaces.
  package enum Bonding {
    package enum MasterKey: LabelKey { package static let name = "master" }
    package typealias Master = OpenValue<MasterKey>

    package static let slaves = Family<Gauge, Master>(
      "node_bonding_slaves", "Number of configured slaves per bonding interface.", use: parity)
    package static let active = Family<Gauge, Master>(
      "node_bonding_active", "Number of active slaves per bonding interface.", use: parity)

    package static let all: [FamilyDescriptor] = [slaves.descriptor, active.descriptor]
  }
}
