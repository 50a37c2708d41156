import MetricModel

extension PG {
  /// `pg_roles_*`: what the catalogue says of each role.
  package enum Roles {
    package static let prefix = "pg_roles_"

    package static let connectionLimit = Family<Gauge, RoleName>(
      prefix + "connection_limit", "Connection limit set for the role",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      connectionLimit.descriptor
    ]
  }
}
