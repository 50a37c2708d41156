import MetricModel

extension PG {
  /// `pg_stat_activity_*`: sessions of each database by state; a state that no session is in is 0.
  package enum StatActivity {
    package static let prefix = "pg_stat_activity_"

    package static let count = Family<Gauge, Triple<DatabaseName, ServerLabel, SessionState>>(
      prefix + "count", "number of connections in this state")
    package static let maxTxDuration = Family<Gauge, Triple<DatabaseName, ServerLabel, SessionState>>(
      prefix + "max_tx_duration", "max duration in seconds any active transaction has been running")

    package static let all: [FamilyDescriptor] = [
      count.descriptor, maxTxDuration.descriptor,
    ]
  }
}
