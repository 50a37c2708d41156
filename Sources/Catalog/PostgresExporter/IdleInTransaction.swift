import MetricModel

extension PG {
  /// `pg_idle_in_transaction_*`: sessions that hold a transaction open and do nothing.
  package enum IdleInTransaction {
    package static let prefix = "pg_idle_in_transaction_"

    package static let sessions = Family<Gauge, DatabaseName>(
      prefix + "sessions", "Sessions that are idle in a transaction, failed ones included.",
      use: parity)
    package static let oldestSeconds = Family<Gauge, DatabaseName>(
      prefix + "oldest_seconds", "Longest time that one of them has been idle.", unit: .seconds,
      use: parity)

    package static let all: [FamilyDescriptor] = [
      sessions.descriptor, oldestSeconds.descriptor,
    ]
  }
}
