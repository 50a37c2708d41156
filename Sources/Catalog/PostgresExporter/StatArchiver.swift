import MetricModel

extension PG {
  /// `pg_stat_archiver_*`: what became of finished WAL segments.
  package enum StatArchiver {
    package static let prefix = "pg_stat_archiver_"

    package static let archivedCount = Family<Counter, ServerLabel>(
      prefix + "archived_count", "Number of WAL files that have been successfully archived",
      use: parity)
    package static let failedCount = Family<Counter, ServerLabel>(
      prefix + "failed_count", "Number of failed attempts for archiving WAL files",
      use: parity)
    package static let lastArchiveAge = Family<Gauge, ServerLabel>(
      prefix + "last_archive_age", "Time in seconds since last WAL segment was successfully archived",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      archivedCount.descriptor, failedCount.descriptor, lastArchiveAge.descriptor,
    ]
  }
}
