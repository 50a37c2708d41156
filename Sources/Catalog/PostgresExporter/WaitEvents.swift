import MetricModel

extension PG {
  /// `pg_wait_events_sessions`: what sessions wait for. The events of PostgreSQL's own processes have an empty
  /// `datname`.
  package enum WaitEvents {
    package static let prefix = "pg_wait_events_"

    package static let sessions = Family<Gauge, Triple<DatabaseName, WaitEventType, WaitEvent>>(
      prefix + "sessions", "Sessions and server processes that wait for the event.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      sessions.descriptor
    ]
  }
}
