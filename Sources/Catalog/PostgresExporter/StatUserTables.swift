import MetricModel

extension PG {
  /// `pg_stat_user_tables_*`: use, rows, upkeep and size of the largest tables of each database.
  package enum StatUserTables {
    package static let prefix = "pg_stat_user_tables_"

    package static let seqScan = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "seq_scan", "Number of sequential scans initiated on this table",
      use: parity)
    package static let seqTupRead = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "seq_tup_read", "Number of live rows fetched by sequential scans",
      use: parity)
    package static let idxScan = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "idx_scan", "Number of index scans initiated on this table",
      use: parity)
    package static let idxTupFetch = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "idx_tup_fetch", "Number of live rows fetched by index scans",
      use: parity)
    package static let nTupIns = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "n_tup_ins", "Number of rows inserted",
      use: parity)
    package static let nTupUpd = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "n_tup_upd", "Number of rows updated",
      use: parity)
    package static let nTupDel = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "n_tup_del", "Number of rows deleted",
      use: parity)
    package static let nTupHotUpd = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "n_tup_hot_upd", "Number of rows HOT updated (i.e., with no separate index update required)",
      use: parity)
    package static let nLiveTup = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "n_live_tup", "Estimated number of live rows",
      use: parity)
    package static let nDeadTup = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "n_dead_tup", "Estimated number of dead rows",
      use: parity)
    package static let nModSinceAnalyze = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "n_mod_since_analyze", "Estimated number of rows changed since last analyze",
      use: parity)
    package static let lastVacuum = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "last_vacuum", "Last time at which this table was manually vacuumed (not counting VACUUM FULL)",
      use: parity)
    package static let lastAutovacuum = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "last_autovacuum", "Last time at which this table was vacuumed by the autovacuum daemon",
      use: parity)
    package static let lastAnalyze = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "last_analyze", "Last time at which this table was manually analyzed",
      use: parity)
    package static let lastAutoanalyze = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "last_autoanalyze", "Last time at which this table was analyzed by the autovacuum daemon",
      use: parity)
    package static let vacuumCount = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "vacuum_count", "Number of times this table has been manually vacuumed (not counting VACUUM FULL)",
      use: parity)
    package static let autovacuumCount = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "autovacuum_count", "Number of times this table has been vacuumed by the autovacuum daemon",
      use: parity)
    package static let analyzeCount = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "analyze_count", "Number of times this table has been manually analyzed",
      use: parity)
    package static let autoanalyzeCount = Family<Counter, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "autoanalyze_count", "Number of times this table has been analyzed by the autovacuum daemon",
      use: parity)
    package static let indexSizeBytes = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "index_size_bytes", "Total disk space used by this index, in bytes", unit: .bytes,
      use: parity)
    package static let tableSizeBytes = Family<Gauge, Triple<DatabaseName, SchemaName, RelationName>>(
      prefix + "table_size_bytes", "Total disk space used by this table, in bytes", unit: .bytes,
      use: parity)
    package static let beyondLimit = Family<Gauge, DatabaseName>(
      prefix + "beyond_limit",
      "Tables of the database that are not exported, since they are smaller than the exported ones.",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      seqScan.descriptor, seqTupRead.descriptor, idxScan.descriptor, idxTupFetch.descriptor, nTupIns.descriptor,
      nTupUpd.descriptor, nTupDel.descriptor, nTupHotUpd.descriptor, nLiveTup.descriptor, nDeadTup.descriptor,
      nModSinceAnalyze.descriptor, lastVacuum.descriptor, lastAutovacuum.descriptor, lastAnalyze.descriptor,
      lastAutoanalyze.descriptor, vacuumCount.descriptor, autovacuumCount.descriptor, analyzeCount.descriptor,
      autoanalyzeCount.descriptor, indexSizeBytes.descriptor, tableSizeBytes.descriptor, beyondLimit.descriptor,
    ]
  }
}
