/// The columns of PostgreSQL's views by version, written down from the documentation of each: chapter "The Cumulative
/// Statistics System" (before 15 "The Statistics Collector"), sections on the `pg_stat_*` and `pg_statio_*` views and on
/// progress reporting, and chapter "System Views" for `pg_replication_slots`
/// (https://www.postgresql.org/docs/13/monitoring-stats.html to …/docs/18/monitoring-stats.html). `VersionTests` holds
/// those of 15 against a real server; the others are claims about servers that no test here has run.
struct DocumentedColumns {
  static let versions = 13...18

  let view: String
  /// The first version that has the view; nil: all.
  var since = 13
  /// Of the first version.
  let columns: String
  var added: [Int: String] = [:]
  var removed: [Int: String] = [:]

  func columns(in version: Int) -> Set<String> {
    var names = Self.words(columns)
    for step in Self.versions where step <= version {
      names.subtract(Self.words(removed[step] ?? ""))
      names.formUnion(Self.words(added[step] ?? ""))
    }
    return version < since ? [] : names
  }

  /// Of any version: what a word in an expression may be taken for.
  var everything: Set<String> { Self.versions.reduce(into: []) { $0.formUnion(columns(in: $1)) } }

  static func of(_ view: String) -> Self? { all.first { $0.view == view } }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }

  static let all = databases + server + replication + tables + progress

  private static let databases = [
    Self(
      view: "pg_stat_database",
      columns: """
        datid datname numbackends xact_commit xact_rollback blks_read blks_hit tup_returned tup_fetched tup_inserted
        tup_updated tup_deleted conflicts temp_files temp_bytes deadlocks checksum_failures checksum_last_failure
        blk_read_time blk_write_time stats_reset
        """,
      added: [
        14: """
        session_time active_time idle_in_transaction_time sessions sessions_abandoned sessions_fatal sessions_killed
        """,
        18: "parallel_workers_to_launch parallel_workers_launched",
      ]),
    Self(
      view: "pg_stat_database_conflicts",
      columns: "datid datname confl_tablespace confl_lock confl_snapshot confl_bufferpin confl_deadlock",
      added: [16: "confl_active_logicalslot"]),
  ]

  private static let server = [
    Self(
      view: "pg_stat_bgwriter",
      columns: """
        checkpoints_timed checkpoints_req checkpoint_write_time checkpoint_sync_time buffers_checkpoint buffers_clean
        maxwritten_clean buffers_backend buffers_backend_fsync buffers_alloc stats_reset
        """,
      removed: [
        17: """
        checkpoints_timed checkpoints_req checkpoint_write_time checkpoint_sync_time buffers_checkpoint
        buffers_backend buffers_backend_fsync
        """
      ]),
    Self(
      view: "pg_stat_checkpointer", since: 17,
      columns: """
        num_timed num_requested restartpoints_timed restartpoints_req restartpoints_done write_time sync_time
        buffers_written stats_reset
        """,
      added: [18: "num_done slru_written"]),
    Self(
      view: "pg_stat_archiver",
      columns: """
        archived_count last_archived_wal last_archived_time failed_count last_failed_wal last_failed_time stats_reset
        """),
    Self(
      view: "pg_stat_io", since: 16,
      columns: """
        backend_type object context reads read_time writes write_time writebacks writeback_time extends extend_time
        op_bytes hits evictions reuses fsyncs fsync_time stats_reset
        """,
      added: [18: "read_bytes write_bytes extend_bytes"], removed: [18: "op_bytes"]),
    Self(
      view: "pg_stat_activity",
      columns: """
        datid datname pid leader_pid usesysid usename application_name client_addr client_hostname client_port
        backend_start xact_start query_start state_change wait_event_type wait_event state backend_xid backend_xmin
        query backend_type
        """,
      added: [14: "query_id"]),
  ]

  private static let replication = [
    Self(
      view: "pg_stat_replication",
      columns: """
        pid usesysid usename application_name client_addr client_hostname client_port backend_start backend_xmin state
        sent_lsn write_lsn flush_lsn replay_lsn write_lag flush_lag replay_lag sync_priority sync_state reply_time
        """),
    Self(
      view: "pg_replication_slots",
      columns: """
        slot_name plugin slot_type datoid database temporary active active_pid xmin catalog_xmin restart_lsn
        confirmed_flush_lsn wal_status safe_wal_size
        """,
      added: [
        14: "two_phase", 16: "conflicting", 17: "inactive_since invalidation_reason failover synced",
        18: "two_phase_at",
      ]),
    Self(
      view: "pg_stat_wal_receiver",
      columns: """
        pid status receive_start_lsn receive_start_tli written_lsn flushed_lsn received_tli last_msg_send_time
        last_msg_receipt_time latest_end_lsn latest_end_time slot_name sender_host sender_port conninfo
        """),
  ]

  private static let tables = [
    Self(
      view: "pg_stat_user_tables",
      columns: """
        relid schemaname relname seq_scan seq_tup_read idx_scan idx_tup_fetch n_tup_ins n_tup_upd n_tup_del
        n_tup_hot_upd n_live_tup n_dead_tup n_mod_since_analyze n_ins_since_vacuum last_vacuum last_autovacuum
        last_analyze last_autoanalyze vacuum_count autovacuum_count analyze_count autoanalyze_count
        """,
      added: [
        16: "last_seq_scan last_idx_scan n_tup_newpage_upd",
        18: "total_vacuum_time total_autovacuum_time total_analyze_time total_autoanalyze_time",
      ]),
    Self(
      view: "pg_statio_user_tables",
      columns: """
        relid schemaname relname heap_blks_read heap_blks_hit idx_blks_read idx_blks_hit toast_blks_read
        toast_blks_hit tidx_blks_read tidx_blks_hit
        """),
    Self(
      view: "pg_stat_user_indexes",
      columns: "relid indexrelid schemaname relname indexrelname idx_scan idx_tup_read idx_tup_fetch",
      added: [16: "last_idx_scan"]),
    Self(
      view: "pg_statio_user_indexes",
      columns: "relid indexrelid schemaname relname indexrelname idx_blks_read idx_blks_hit"),
  ]

  private static let progress = [
    Self(
      view: "pg_stat_progress_vacuum",
      columns: """
        pid datid datname relid phase heap_blks_total heap_blks_scanned heap_blks_vacuumed index_vacuum_count
        max_dead_tuples num_dead_tuples
        """,
      added: [
        17: "max_dead_tuple_bytes dead_tuple_bytes num_dead_item_ids indexes_total indexes_processed", 18: "delay_time",
      ],
      removed: [17: "max_dead_tuples num_dead_tuples"]),
    Self(
      view: "pg_stat_progress_create_index",
      columns: """
        pid datid datname relid index_relid command phase lockers_total lockers_done current_locker_pid blocks_total
        blocks_done tuples_total tuples_done partitions_total partitions_done
        """),
  ]
}
