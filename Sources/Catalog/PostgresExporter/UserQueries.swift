import MetricModel

extension PG {
  /// `pg_exporter_user_queries_load_error`: whether the file of custom queries could be read.
  package enum UserQueries {
    package static let loadError = Family<Gauge, Pair<FileName, HashSum>>(
      "pg_exporter_user_queries_load_error",
      "Whether the user queries file was loaded and parsed successfully (1 for error, 0 for success).", use: parity)

    package static let all: [FamilyDescriptor] = [loadError.descriptor]
  }
}
