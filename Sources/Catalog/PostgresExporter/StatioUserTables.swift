import MetricModel

extension PG {
  /// `pg_statio_user_tables_*`: blocks read and found in the cache for the largest tables of each database.
  package enum StatioUserTables {
    package static let prefix = "pg_statio_user_tables_"

    package static let heapBlocksRead = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "heap_blocks_read", "Number of disk blocks read from this table",
      use: parity)
    package static let heapBlocksHit = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "heap_blocks_hit", "Number of buffer hits in this table",
      use: parity)
    package static let idxBlocksRead = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "idx_blocks_read", "Number of disk blocks read from all indexes on this table",
      use: parity)
    package static let idxBlocksHit = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "idx_blocks_hit", "Number of buffer hits in all indexes on this table",
      use: parity)
    package static let toastBlocksRead = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "toast_blocks_read", "Number of disk blocks read from this table's TOAST table (if any)",
      use: parity)
    package static let toastBlocksHit = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "toast_blocks_hit", "Number of buffer hits in this table's TOAST table (if any)",
      use: parity)
    package static let tidxBlocksRead = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "tidx_blocks_read", "Number of disk blocks read from this table's TOAST table indexes (if any)",
      use: parity)
    package static let tidxBlocksHit = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "tidx_blocks_hit", "Number of buffer hits in this table's TOAST table indexes (if any)",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      heapBlocksRead.descriptor, heapBlocksHit.descriptor, idxBlocksRead.descriptor, idxBlocksHit.descriptor,
      toastBlocksRead.descriptor, toastBlocksHit.descriptor, tidxBlocksRead.descriptor, tidxBlocksHit.descriptor,
    ]
  }
}
