import MetricModel

extension PG {
  /// `pg_postmaster_*`: since when the server runs.
  package enum Postmaster {
    package static let prefix = "pg_postmaster_"

    package static let startTimeSeconds = Family<Gauge, NoLabels>(
      prefix + "start_time_seconds", "Time at which postmaster started", unit: .seconds,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      startTimeSeconds.descriptor
    ]
  }
}
