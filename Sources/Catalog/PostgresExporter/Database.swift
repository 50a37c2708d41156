import MetricModel

extension PG {
  /// `pg_database_*`: what the catalogue says of each database.
  package enum Database {
    package static let prefix = "pg_database_"

    package static let connectionLimit = Family<Gauge, DatabaseName>(
      prefix + "connection_limit", "Connection limit set for the database",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      connectionLimit.descriptor
    ]
  }
}
