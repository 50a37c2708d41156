import MetricModel

extension PG {
  /// `pg_settings_*`: the one group whose families the target chooses. PostgreSQL says which settings it has and what
  /// each means, extensions add theirs, so that the descriptors are built from its answer, in the shape declared here.
  package enum Settings {
    /// What every name of the group begins with; nothing else does.
    package static let prefix = "pg_settings_"

    package static let maxConnections = Family<Gauge, ServerLabel>(
      prefix + "max_connections", "Sets the maximum number of concurrent connections.")

    /// Those that a panel asks for, with the server's own words: every server has them.
    package static let all: [FamilyDescriptor] = [maxConnections.descriptor]

    /// - Parameters:
    ///   - name: with unit, in the alphabet of metric names.
    ///   - help: the server's own short description.
    package static func family(_ name: String, help: String, unit: Unit?) -> FamilyDescriptor {
      FamilyDescriptor(
        name: prefix + name, help: help, kind: .gauge, unit: unit, labelNames: [ServerLabel.labelName], use: parity)
    }
  }
}
