import MetricModel

extension RedisInstance {
  /// `# Stats` of INFO, and what KeyDB adds there.
  package enum Stats {
    package static let connectionsReceivedTotal = Family<Counter, NoLabels>(
      "redis_connections_received_total", "connections_received_total metric", use: parity)
    package static let commandsProcessedTotal = Family<Counter, NoLabels>(
      "redis_commands_processed_total", "commands_processed_total metric")
    package static let rejectedConnectionsTotal = Family<Counter, NoLabels>(
      "redis_rejected_connections_total", "rejected_connections_total metric", use: parity)
    package static let netInputBytesTotal = Family<Counter, NoLabels>(
      "redis_net_input_bytes_total", "net_input_bytes_total metric", unit: .bytes, use: parity)
    package static let netOutputBytesTotal = Family<Counter, NoLabels>(
      "redis_net_output_bytes_total", "net_output_bytes_total metric", unit: .bytes, use: parity)
    package static let netReplInputBytesTotal = Family<Counter, NoLabels>(
      "redis_net_repl_input_bytes_total", "net_repl_input_bytes_total metric", unit: .bytes, use: parity)
    package static let netReplOutputBytesTotal = Family<Counter, NoLabels>(
      "redis_net_repl_output_bytes_total", "net_repl_output_bytes_total metric", unit: .bytes, use: parity)
    package static let expiredSubkeysTotal = Family<Counter, NoLabels>(
      "redis_expired_subkeys_total", "expired_subkeys_total metric", use: parity)
    package static let expiredKeysTotal = Family<Counter, NoLabels>(
      "redis_expired_keys_total", "expired_keys_total metric")
    package static let expiredTimeCapReachedTotal = Family<Gauge, NoLabels>(
      "redis_expired_time_cap_reached_total", "expired_time_cap_reached_total metric", use: parity)
    package static let expireCycleCPUTimeMsTotal = Family<Counter, NoLabels>(
      "redis_expire_cycle_cpu_time_ms_total",
      "expire_cycle_cpu_time_ms_total metric", unit: .milliseconds, use: parity)
    package static let evictedKeysTotal = Family<Counter, NoLabels>(
      "redis_evicted_keys_total", "evicted_keys_total metric")
    package static let evictedClientsTotal = Family<Counter, NoLabels>(
      "redis_evicted_clients_total", "evicted_clients_total metric", use: parity)
    package static let evictedScriptsTotal = Family<Counter, NoLabels>(
      "redis_evicted_scripts_total", "evicted_scripts_total metric", use: parity)
    package static let evictionExceededTimeMsTotal = Family<Counter, NoLabels>(
      "redis_eviction_exceeded_time_ms_total",
      "eviction_exceeded_time_ms_total metric", unit: .milliseconds, use: parity)
    package static let keyspaceHitsTotal = Family<Counter, NoLabels>(
      "redis_keyspace_hits_total", "keyspace_hits_total metric")
    package static let keyspaceMissesTotal = Family<Counter, NoLabels>(
      "redis_keyspace_misses_total", "keyspace_misses_total metric")
    package static let unexpectedErrorReplies = Family<Counter, NoLabels>(
      "redis_unexpected_error_replies", "unexpected_error_replies metric", use: parity)
    package static let totalErrorReplies = Family<Counter, NoLabels>(
      "redis_total_error_replies", "total_error_replies metric", use: parity)
    package static let dumpPayloadSanitizations = Family<Counter, NoLabels>(
      "redis_dump_payload_sanitizations", "dump_payload_sanitizations metric", use: parity)
    package static let totalReadsProcessed = Family<Counter, NoLabels>(
      "redis_total_reads_processed", "total_reads_processed metric", use: parity)
    package static let totalWritesProcessed = Family<Counter, NoLabels>(
      "redis_total_writes_processed", "total_writes_processed metric", use: parity)
    package static let ioThreadedReadsProcessed = Family<Counter, NoLabels>(
      "redis_io_threaded_reads_processed", "io_threaded_reads_processed metric", use: parity)
    package static let ioThreadedWritesProcessed = Family<Counter, NoLabels>(
      "redis_io_threaded_writes_processed", "io_threaded_writes_processed metric", use: parity)
    package static let clientQueryBufferLimitDisconnectionsTotal = Family<Counter, NoLabels>(
      "redis_client_query_buffer_limit_disconnections_total",
      "client_query_buffer_limit_disconnections_total metric", use: parity)
    package static let clientOutputBufferLimitDisconnectionsTotal = Family<Counter, NoLabels>(
      "redis_client_output_buffer_limit_disconnections_total",
      "client_output_buffer_limit_disconnections_total metric", use: parity)
    package static let replyBufferShrinksTotal = Family<Counter, NoLabels>(
      "redis_reply_buffer_shrinks_total", "reply_buffer_shrinks_total metric", use: parity)
    package static let replyBufferExpandsTotal = Family<Counter, NoLabels>(
      "redis_reply_buffer_expands_total", "reply_buffer_expands_total metric", use: parity)
    package static let aclAccessDeniedAuthTotal = Family<Counter, NoLabels>(
      "redis_acl_access_denied_auth_total", "acl_access_denied_auth_total metric", use: parity)
    package static let aclAccessDeniedCmdTotal = Family<Counter, NoLabels>(
      "redis_acl_access_denied_cmd_total", "acl_access_denied_cmd_total metric", use: parity)
    package static let aclAccessDeniedKeyTotal = Family<Counter, NoLabels>(
      "redis_acl_access_denied_key_total", "acl_access_denied_key_total metric", use: parity)
    package static let aclAccessDeniedChannelTotal = Family<Counter, NoLabels>(
      "redis_acl_access_denied_channel_total", "acl_access_denied_channel_total metric", use: parity)
    package static let cachedKeysTotal = Family<Counter, NoLabels>(
      "redis_cached_keys_total", "cached_keys_total metric", use: parity)
    package static let storageProviderReadHits = Family<Counter, NoLabels>(
      "redis_storage_provider_read_hits", "storage_provider_read_hits metric", use: parity)
    package static let storageProviderReadMisses = Family<Counter, NoLabels>(
      "redis_storage_provider_read_misses", "storage_provider_read_misses metric", use: parity)
    package static let expiredStalePercentage = Family<Gauge, NoLabels>(
      "redis_expired_stale_percentage", "expired_stale_percentage metric", use: parity)
    package static let currentEvictionExceededTimeMs = Family<Gauge, NoLabels>(
      "redis_current_eviction_exceeded_time_ms",
      "current_eviction_exceeded_time_ms metric", unit: .milliseconds, use: parity)
    package static let pubsubChannels = Family<Gauge, NoLabels>(
      "redis_pubsub_channels", "pubsub_channels metric", use: parity)
    package static let pubsubPatterns = Family<Gauge, NoLabels>(
      "redis_pubsub_patterns", "pubsub_patterns metric", use: parity)
    package static let pubsubshardChannels = Family<Gauge, NoLabels>(
      "redis_pubsubshard_channels", "pubsubshard_channels metric", use: parity)
    package static let latestForkSeconds = Family<Gauge, NoLabels>(
      "redis_latest_fork_seconds", "latest_fork_seconds metric", unit: .seconds, use: parity)
    package static let migrateCachedSocketsTotal = Family<Gauge, NoLabels>(
      "redis_migrate_cached_sockets_total", "migrate_cached_sockets_total metric", use: parity)
    package static let defragHits = Family<Gauge, NoLabels>(
      "redis_defrag_hits", "defrag_hits metric", use: parity)
    package static let defragMisses = Family<Gauge, NoLabels>(
      "redis_defrag_misses", "defrag_misses metric", use: parity)
    package static let defragKeyHits = Family<Gauge, NoLabels>(
      "redis_defrag_key_hits", "defrag_key_hits metric", use: parity)
    package static let defragKeyMisses = Family<Gauge, NoLabels>(
      "redis_defrag_key_misses", "defrag_key_misses metric", use: parity)
    package static let trackingTotalKeys = Family<Gauge, NoLabels>(
      "redis_tracking_total_keys", "tracking_total_keys metric", use: parity)
    package static let trackingTotalItems = Family<Gauge, NoLabels>(
      "redis_tracking_total_items", "tracking_total_items metric", use: parity)
    package static let trackingTotalPrefixes = Family<Gauge, NoLabels>(
      "redis_tracking_total_prefixes", "tracking_total_prefixes metric", use: parity)

    package static let all: [FamilyDescriptor] = [
      connectionsReceivedTotal.descriptor, commandsProcessedTotal.descriptor, rejectedConnectionsTotal.descriptor,
      netInputBytesTotal.descriptor, netOutputBytesTotal.descriptor, netReplInputBytesTotal.descriptor,
      netReplOutputBytesTotal.descriptor, expiredSubkeysTotal.descriptor, expiredKeysTotal.descriptor,
      expiredTimeCapReachedTotal.descriptor, expireCycleCPUTimeMsTotal.descriptor, evictedKeysTotal.descriptor,
      evictedClientsTotal.descriptor, evictedScriptsTotal.descriptor, evictionExceededTimeMsTotal.descriptor,
      keyspaceHitsTotal.descriptor, keyspaceMissesTotal.descriptor, unexpectedErrorReplies.descriptor,
      totalErrorReplies.descriptor, dumpPayloadSanitizations.descriptor, totalReadsProcessed.descriptor,
      totalWritesProcessed.descriptor, ioThreadedReadsProcessed.descriptor, ioThreadedWritesProcessed.descriptor,
      clientQueryBufferLimitDisconnectionsTotal.descriptor, clientOutputBufferLimitDisconnectionsTotal.descriptor,
      replyBufferShrinksTotal.descriptor, replyBufferExpandsTotal.descriptor, aclAccessDeniedAuthTotal.descriptor,
      aclAccessDeniedCmdTotal.descriptor, aclAccessDeniedKeyTotal.descriptor, aclAccessDeniedChannelTotal.descriptor,
      cachedKeysTotal.descriptor, storageProviderReadHits.descriptor, storageProviderReadMisses.descriptor,
      expiredStalePercentage.descriptor, currentEvictionExceededTimeMs.descriptor, pubsubChannels.descriptor,
      pubsubPatterns.descriptor, pubsubshardChannels.descriptor, latestForkSeconds.descriptor,
      migrateCachedSocketsTotal.descriptor, defragHits.descriptor, defragMisses.descriptor, defragKeyHits.descriptor,
      defragKeyMisses.descriptor, trackingTotalKeys.descriptor, trackingTotalItems.descriptor,
      trackingTotalPrefixes.descriptor,
    ]
  }
}
