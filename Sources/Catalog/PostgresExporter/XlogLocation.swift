import MetricModel

extension PG {
  /// `pg_xlog_location_bytes`: where the WAL is.
  package enum XlogLocation {
    package static let prefix = "pg_xlog_location_"

    package static let bytes = Family<Gauge, NoLabels>(
      prefix + "bytes",
      "Postgres LSN (log sequence number) being generated on primary or replayed on replica (truncated "
        + "to low 52 bits)", unit: .bytes,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      bytes.descriptor
    ]
  }
}
