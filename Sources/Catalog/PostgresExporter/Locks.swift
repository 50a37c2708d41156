import MetricModel

extension PG {
  /// `pg_locks_count`: locks held or awaited in each database by mode; a mode that nobody uses is 0.
  package enum Locks {
    package static let prefix = "pg_locks_"

    package static let count = Family<Gauge, Triple<DatabaseName, LockMode, ServerLabel>>(
      prefix + "count", "Number of locks")

    package static let all: [FamilyDescriptor] = [
      count.descriptor
    ]
  }
}
