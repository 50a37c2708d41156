import MetricModel

extension PG {
  /// `pg_wal_*`: the segments in `pg_wal`.
  package enum Wal {
    package static let prefix = "pg_wal_"

    package static let segments = Family<Gauge, NoLabels>(
      prefix + "segments", "Number of WAL segments",
      use: parity)
    package static let sizeBytes = Family<Gauge, NoLabels>(
      prefix + "size_bytes", "Total size of WAL segments", unit: .bytes,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      segments.descriptor, sizeBytes.descriptor,
    ]
  }
}
