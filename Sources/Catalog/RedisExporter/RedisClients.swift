import MetricModel

extension RedisInstance {
  /// `# Clients` of INFO.
  package enum Clients {
    package static let connectedClients = Family<Gauge, NoLabels>(
      "redis_connected_clients", "connected_clients metric")
    package static let blockedClients = Family<Gauge, NoLabels>(
      "redis_blocked_clients", "blocked_clients metric")
    package static let maxClients = Family<Gauge, NoLabels>(
      "redis_max_clients", "max_clients metric", use: parity)
    package static let trackingClients = Family<Gauge, NoLabels>(
      "redis_tracking_clients", "tracking_clients metric", use: parity)
    package static let clientsInTimeoutTable = Family<Gauge, NoLabels>(
      "redis_clients_in_timeout_table", "clients_in_timeout_table metric", use: parity)
    package static let pubsubClients = Family<Gauge, NoLabels>(
      "redis_pubsub_clients", "pubsub_clients metric", use: parity)
    package static let watchingClients = Family<Gauge, NoLabels>(
      "redis_watching_clients", "watching_clients metric", use: parity)
    package static let totalWatchedKeys = Family<Gauge, NoLabels>(
      "redis_total_watched_keys", "total_watched_keys metric", use: parity)
    package static let totalBlockingKeys = Family<Gauge, NoLabels>(
      "redis_total_blocking_keys", "total_blocking_keys metric", use: parity)
    package static let totalBlockingKeysOnNokey = Family<Gauge, NoLabels>(
      "redis_total_blocking_keys_on_nokey", "total_blocking_keys_on_nokey metric", use: parity)
    package static let clientLongestOutputList = Family<Gauge, NoLabels>(
      "redis_client_longest_output_list", "client_longest_output_list metric", use: parity)
    package static let clientBiggestInputBuf = Family<Gauge, NoLabels>(
      "redis_client_biggest_input_buf", "client_biggest_input_buf metric", use: parity)
    package static let clientRecentMaxOutputBufferBytes = Family<Gauge, NoLabels>(
      "redis_client_recent_max_output_buffer_bytes",
      "client_recent_max_output_buffer_bytes metric", unit: .bytes, use: parity)
    package static let clientRecentMaxInputBufferBytes = Family<Gauge, NoLabels>(
      "redis_client_recent_max_input_buffer_bytes",
      "client_recent_max_input_buffer_bytes metric", unit: .bytes, use: parity)
    package static let longLockWaitsTotal = Family<Gauge, NoLabels>(
      "redis_long_lock_waits_total", "long_lock_waits_total metric", use: parity)
    package static let currentClientThread = Family<Gauge, NoLabels>(
      "redis_current_client_thread", "current_client_thread metric", use: parity)

    package static let all: [FamilyDescriptor] = [
      connectedClients.descriptor, blockedClients.descriptor, maxClients.descriptor, trackingClients.descriptor,
      clientsInTimeoutTable.descriptor, pubsubClients.descriptor, watchingClients.descriptor,
      totalWatchedKeys.descriptor, totalBlockingKeys.descriptor, totalBlockingKeysOnNokey.descriptor,
      clientLongestOutputList.descriptor, clientBiggestInputBuf.descriptor,
      clientRecentMaxOutputBufferBytes.descriptor, clientRecentMaxInputBufferBytes.descriptor,
      longLockWaitsTotal.descriptor, currentClientThread.descriptor,
    ]
  }
}
