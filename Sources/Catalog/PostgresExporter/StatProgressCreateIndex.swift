import MetricModel

extension PG {
  /// `pg_stat_progress_create_index_*`: each CREATE INDEX and REINDEX that runs.
  package enum StatProgressCreateIndex {
    package static let prefix = "pg_stat_progress_create_index_"

    package static let phase = Family<Gauge, Pair<Pair<DatabaseName, RelationName>, Pair<IndexName, PhaseLabel>>>(
      prefix + "phase", "1 for the phase that the build is in.",
      use: parity)
    package static let lockers = Family<Gauge, Triple<DatabaseName, RelationName, IndexName>>(
      prefix + "lockers", "Transactions to wait for in this phase.",
      use: parity)
    package static let lockersDone = Family<Gauge, Triple<DatabaseName, RelationName, IndexName>>(
      prefix + "lockers_done", "Transactions already waited for in this phase.",
      use: parity)
    package static let blocks = Family<Gauge, Triple<DatabaseName, RelationName, IndexName>>(
      prefix + "blocks", "Blocks to be processed in this phase.",
      use: parity)
    package static let blocksDone = Family<Gauge, Triple<DatabaseName, RelationName, IndexName>>(
      prefix + "blocks_done", "Blocks already processed in this phase.",
      use: parity)
    package static let tuples = Family<Gauge, Triple<DatabaseName, RelationName, IndexName>>(
      prefix + "tuples", "Rows to be processed in this phase.",
      use: parity)
    package static let tuplesDone = Family<Gauge, Triple<DatabaseName, RelationName, IndexName>>(
      prefix + "tuples_done", "Rows already processed in this phase.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      phase.descriptor, lockers.descriptor, lockersDone.descriptor, blocks.descriptor, blocksDone.descriptor,
      tuples.descriptor, tuplesDone.descriptor,
    ]
  }
}
