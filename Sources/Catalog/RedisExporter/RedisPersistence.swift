import MetricModel

extension RedisInstance {
  /// `# Persistence` of INFO.
  package enum Persistence {
    package static let loadingDumpFile = Family<Gauge, NoLabels>(
      "redis_loading_dump_file", "loading_dump_file metric", use: parity)
    package static let asyncLoading = Family<Gauge, NoLabels>(
      "redis_async_loading", "async_loading metric", use: parity)
    package static let rdbChangesSinceLastSave = Family<Gauge, NoLabels>(
      "redis_rdb_changes_since_last_save", "rdb_changes_since_last_save metric", use: parity)
    package static let rdbBgsaveInProgress = Family<Gauge, NoLabels>(
      "redis_rdb_bgsave_in_progress", "rdb_bgsave_in_progress metric", use: parity)
    package static let rdbLastSaveTimestampSeconds = Family<Gauge, NoLabels>(
      "redis_rdb_last_save_timestamp_seconds", "rdb_last_save_timestamp_seconds metric", unit: .seconds, use: parity)
    package static let rdbLastBgsaveStatus = Family<Gauge, NoLabels>(
      "redis_rdb_last_bgsave_status", "rdb_last_bgsave_status metric", use: parity)
    package static let rdbLastBgsaveDurationSec = Family<Gauge, NoLabels>(
      "redis_rdb_last_bgsave_duration_sec", "rdb_last_bgsave_duration_sec metric", use: parity)
    package static let rdbCurrentBgsaveDurationSec = Family<Gauge, NoLabels>(
      "redis_rdb_current_bgsave_duration_sec", "rdb_current_bgsave_duration_sec metric", use: parity)
    package static let rdbSavesTotal = Family<Gauge, NoLabels>(
      "redis_rdb_saves_total", "rdb_saves_total metric", use: parity)
    package static let rdbLastCowSizeBytes = Family<Gauge, NoLabels>(
      "redis_rdb_last_cow_size_bytes", "rdb_last_cow_size_bytes metric", unit: .bytes, use: parity)
    package static let rdbLastLoadExpiredKeys = Family<Gauge, NoLabels>(
      "redis_rdb_last_load_expired_keys", "rdb_last_load_expired_keys metric", use: parity)
    package static let rdbLastLoadLoadedKeys = Family<Gauge, NoLabels>(
      "redis_rdb_last_load_loaded_keys", "rdb_last_load_loaded_keys metric", use: parity)
    package static let aofEnabled = Family<Gauge, NoLabels>(
      "redis_aof_enabled", "aof_enabled metric", use: parity)
    package static let aofRewriteInProgress = Family<Gauge, NoLabels>(
      "redis_aof_rewrite_in_progress", "aof_rewrite_in_progress metric", use: parity)
    package static let aofRewriteScheduled = Family<Gauge, NoLabels>(
      "redis_aof_rewrite_scheduled", "aof_rewrite_scheduled metric", use: parity)
    package static let aofLastRewriteDurationSec = Family<Gauge, NoLabels>(
      "redis_aof_last_rewrite_duration_sec", "aof_last_rewrite_duration_sec metric", use: parity)
    package static let aofCurrentRewriteDurationSec = Family<Gauge, NoLabels>(
      "redis_aof_current_rewrite_duration_sec", "aof_current_rewrite_duration_sec metric", use: parity)
    package static let aofLastCowSizeBytes = Family<Gauge, NoLabels>(
      "redis_aof_last_cow_size_bytes", "aof_last_cow_size_bytes metric", unit: .bytes, use: parity)
    package static let aofCurrentSizeBytes = Family<Gauge, NoLabels>(
      "redis_aof_current_size_bytes", "aof_current_size_bytes metric", unit: .bytes, use: parity)
    package static let aofBaseSizeBytes = Family<Gauge, NoLabels>(
      "redis_aof_base_size_bytes", "aof_base_size_bytes metric", unit: .bytes, use: parity)
    package static let aofPendingRewrite = Family<Gauge, NoLabels>(
      "redis_aof_pending_rewrite", "aof_pending_rewrite metric", use: parity)
    package static let aofBufferLength = Family<Gauge, NoLabels>(
      "redis_aof_buffer_length", "aof_buffer_length metric", use: parity)
    package static let aofRewriteBufferLength = Family<Gauge, NoLabels>(
      "redis_aof_rewrite_buffer_length", "aof_rewrite_buffer_length metric", use: parity)
    package static let aofPendingBioFsync = Family<Gauge, NoLabels>(
      "redis_aof_pending_bio_fsync", "aof_pending_bio_fsync metric", use: parity)
    package static let aofDelayedFsync = Family<Gauge, NoLabels>(
      "redis_aof_delayed_fsync", "aof_delayed_fsync metric", use: parity)
    package static let aofLastBgrewriteStatus = Family<Gauge, NoLabels>(
      "redis_aof_last_bgrewrite_status", "aof_last_bgrewrite_status metric", use: parity)
    package static let aofLastWriteStatus = Family<Gauge, NoLabels>(
      "redis_aof_last_write_status", "aof_last_write_status metric", use: parity)
    package static let moduleForkInProgress = Family<Gauge, NoLabels>(
      "redis_module_fork_in_progress", "module_fork_in_progress metric", use: parity)
    package static let moduleForkLastCowSize = Family<Gauge, NoLabels>(
      "redis_module_fork_last_cow_size", "module_fork_last_cow_size metric", use: parity)

    package static let all: [FamilyDescriptor] = [
      loadingDumpFile.descriptor, asyncLoading.descriptor, rdbChangesSinceLastSave.descriptor,
      rdbBgsaveInProgress.descriptor, rdbLastSaveTimestampSeconds.descriptor, rdbLastBgsaveStatus.descriptor,
      rdbLastBgsaveDurationSec.descriptor, rdbCurrentBgsaveDurationSec.descriptor, rdbSavesTotal.descriptor,
      rdbLastCowSizeBytes.descriptor, rdbLastLoadExpiredKeys.descriptor, rdbLastLoadLoadedKeys.descriptor,
      aofEnabled.descriptor, aofRewriteInProgress.descriptor, aofRewriteScheduled.descriptor,
      aofLastRewriteDurationSec.descriptor, aofCurrentRewriteDurationSec.descriptor, aofLastCowSizeBytes.descriptor,
      aofCurrentSizeBytes.descriptor, aofBaseSizeBytes.descriptor, aofPendingRewrite.descriptor,
      aofBufferLength.descriptor, aofRewriteBufferLength.descriptor, aofPendingBioFsync.descriptor,
      aofDelayedFsync.descriptor, aofLastBgrewriteStatus.descriptor, aofLastWriteStatus.descriptor,
      moduleForkInProgress.descriptor, moduleForkLastCowSize.descriptor,
    ]
  }
}
