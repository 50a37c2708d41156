import MetricModel

extension PG {
  /// `pg_process_idle_seconds`: how long sessions have been idle, by state and application.
  package enum ProcessIdle {
    package static let prefix = "pg_process_idle_"

    package static let seconds = Family<Histogram, Pair<SessionState, ApplicationName>>(
      prefix + "seconds", "Idle time of server processes", unit: .seconds, bounds: [1, 2, 5, 15, 30, 60, 90, 120, 300],
      use: parity)

    package static let all: [FamilyDescriptor] = [
      seconds.descriptor
    ]
  }
}
