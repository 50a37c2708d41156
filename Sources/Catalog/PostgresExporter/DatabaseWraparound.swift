import MetricModel

extension PG {
  /// `pg_database_wraparound_*`: how near each database is to having to be frozen. The names say seconds; the values
  /// are transactions, as with the standard exporter.
  package enum DatabaseWraparound {
    package static let prefix = "pg_database_wraparound_"

    package static let ageDatfrozenxidSeconds = Family<Gauge, DatabaseName>(
      prefix + "age_datfrozenxid_seconds", "Age of the oldest transaction ID that has not been frozen.", unit: .seconds,
      use: parity)
    package static let ageDatminmxidSeconds = Family<Gauge, DatabaseName>(
      prefix + "age_datminmxid_seconds",
      "Age of the oldest multi-transaction ID that has been replaced with a transaction ID.", unit: .seconds,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      ageDatfrozenxidSeconds.descriptor, ageDatminmxidSeconds.descriptor,
    ]
  }
}
