import MetricModel

extension PG {
  /// `pg_stat_activity_autovacuum_*`: the workers of autovacuum that run.
  package enum StatActivityAutovacuum {
    package static let prefix = "pg_stat_activity_autovacuum_"

    package static let timestampSeconds = Family<Gauge, RelationName>(
      prefix + "timestamp_seconds", "Start timestamp of the vacuum process in seconds", unit: .seconds,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      timestampSeconds.descriptor
    ]
  }
}
