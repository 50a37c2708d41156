import MetricModel

extension PG {
  /// `pg_stat_user_indexes_*`: use of the largest indexes of each database.
  package enum StatUserIndexes {
    package static let prefix = "pg_stat_user_indexes_"

    package static let idxScansTotal = Family<
      Counter, Pair<Pair<DatabaseName, SchemaName>, Pair<RelationName, IndexName>>
    >(
      prefix + "idx_scans_total", "Number of index scans initiated on this index",
      use: parity)
    package static let idxTupReadsTotal = Family<
      Counter, Pair<Pair<DatabaseName, SchemaName>, Pair<RelationName, IndexName>>
    >(
      prefix + "idx_tup_reads_total", "Number of index entries returned by scans on this index",
      use: parity)
    package static let idxTupFetchesTotal = Family<
      Counter, Pair<Pair<DatabaseName, SchemaName>, Pair<RelationName, IndexName>>
    >(
      prefix + "idx_tup_fetches_total", "Number of live table rows fetched by simple index scans using this index",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      idxScansTotal.descriptor, idxTupReadsTotal.descriptor, idxTupFetchesTotal.descriptor,
    ]
  }
}
