import Catalog

extension InfoField {
  /// Fields of `# Persistence` of INFO.
  static let persistence: [InfoField] = [
    InfoField("loading", RedisInstance.Persistence.loadingDumpFile),
    InfoField("async_loading", RedisInstance.Persistence.asyncLoading),
    InfoField("rdb_changes_since_last_save", RedisInstance.Persistence.rdbChangesSinceLastSave),
    InfoField("rdb_bgsave_in_progress", RedisInstance.Persistence.rdbBgsaveInProgress),
    InfoField("rdb_last_save_time", RedisInstance.Persistence.rdbLastSaveTimestampSeconds),
    InfoField("rdb_last_bgsave_status", RedisInstance.Persistence.rdbLastBgsaveStatus),
    InfoField("rdb_last_bgsave_time_sec", RedisInstance.Persistence.rdbLastBgsaveDurationSec),
    InfoField("rdb_current_bgsave_time_sec", RedisInstance.Persistence.rdbCurrentBgsaveDurationSec),
    InfoField("rdb_saves", RedisInstance.Persistence.rdbSavesTotal),
    InfoField("rdb_last_cow_size", RedisInstance.Persistence.rdbLastCowSizeBytes),
    InfoField("rdb_last_load_keys_expired", RedisInstance.Persistence.rdbLastLoadExpiredKeys),
    InfoField("rdb_last_load_keys_loaded", RedisInstance.Persistence.rdbLastLoadLoadedKeys),
    InfoField("aof_enabled", RedisInstance.Persistence.aofEnabled),
    InfoField("aof_rewrite_in_progress", RedisInstance.Persistence.aofRewriteInProgress),
    InfoField("aof_rewrite_scheduled", RedisInstance.Persistence.aofRewriteScheduled),
    InfoField("aof_last_rewrite_time_sec", RedisInstance.Persistence.aofLastRewriteDurationSec),
    InfoField("aof_current_rewrite_time_sec", RedisInstance.Persistence.aofCurrentRewriteDurationSec),
    InfoField("aof_last_cow_size", RedisInstance.Persistence.aofLastCowSizeBytes),
    InfoField("aof_current_size", RedisInstance.Persistence.aofCurrentSizeBytes),
    InfoField("aof_base_size", RedisInstance.Persistence.aofBaseSizeBytes),
    InfoField("aof_pending_rewrite", RedisInstance.Persistence.aofPendingRewrite),
    InfoField("aof_buffer_length", RedisInstance.Persistence.aofBufferLength),
    InfoField("aof_rewrite_buffer_length", RedisInstance.Persistence.aofRewriteBufferLength),
    InfoField("aof_pending_bio_fsync", RedisInstance.Persistence.aofPendingBioFsync),
    InfoField("aof_delayed_fsync", RedisInstance.Persistence.aofDelayedFsync),
    InfoField("aof_last_bgrewrite_status", RedisInstance.Persistence.aofLastBgrewriteStatus),
    InfoField("aof_last_write_status", RedisInstance.Persistence.aofLastWriteStatus),
    InfoField("module_fork_in_progress", RedisInstance.Persistence.moduleForkInProgress),
    InfoField("module_fork_last_cow_size", RedisInstance.Persistence.moduleForkLastCowSize),
  ]
}
