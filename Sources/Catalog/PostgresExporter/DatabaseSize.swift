import MetricModel

extension PG {
  /// `pg_database_size_bytes`: the space that each database takes on disk. It is the one family that may be half a
  /// minute old, since measuring it costs the server a look at every file.
  package enum DatabaseSize {
    package static let prefix = "pg_database_size_"

    package static let bytes = Family<Gauge, Pair<DatabaseName, ServerLabel>>(
      prefix + "bytes", "Disk space used by the database", unit: .bytes)

    package static let all: [FamilyDescriptor] = [
      bytes.descriptor
    ]
  }
}
