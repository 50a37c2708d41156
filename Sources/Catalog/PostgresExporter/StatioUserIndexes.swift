import MetricModel

extension PG {
  /// `pg_statio_user_indexes_*`: blocks read and found in the cache for the largest indexes of each database.
  package enum StatioUserIndexes {
    package static let prefix = "pg_statio_user_indexes_"

    package static let idxBlksReadTotal = Family<
      Counter, Pair<Pair<DatabaseName, SchemaName>, Pair<RelationName, IndexName>>
    >(
      prefix + "idx_blks_read_total", "Number of disk blocks read from this index",
      use: parity)
    package static let idxBlksHitTotal = Family<
      Counter, Pair<Pair<DatabaseName, SchemaName>, Pair<RelationName, IndexName>>
    >(
      prefix + "idx_blks_hit_total", "Number of buffer hits in this index",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      idxBlksReadTotal.descriptor, idxBlksHitTotal.descriptor,
    ]
  }
}
