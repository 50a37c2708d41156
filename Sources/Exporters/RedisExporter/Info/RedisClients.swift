import Catalog

extension InfoField {
  /// Fields of `# Clients` of INFO.
  static let clients: [InfoField] = [
    InfoField("connected_clients", RedisInstance.Clients.connectedClients),
    InfoField("blocked_clients", RedisInstance.Clients.blockedClients),
    InfoField("maxclients", RedisInstance.Clients.maxClients),
    InfoField("tracking_clients", RedisInstance.Clients.trackingClients),
    InfoField("clients_in_timeout_table", RedisInstance.Clients.clientsInTimeoutTable),
    InfoField("pubsub_clients", RedisInstance.Clients.pubsubClients),
    InfoField("watching_clients", RedisInstance.Clients.watchingClients),
    InfoField("total_watched_keys", RedisInstance.Clients.totalWatchedKeys),
    InfoField("total_blocking_keys", RedisInstance.Clients.totalBlockingKeys),
    InfoField("total_blocking_keys_on_nokey", RedisInstance.Clients.totalBlockingKeysOnNokey),
    InfoField("client_longest_output_list", RedisInstance.Clients.clientLongestOutputList),
    InfoField("client_biggest_input_buf", RedisInstance.Clients.clientBiggestInputBuf),
    InfoField("client_recent_max_output_buffer", RedisInstance.Clients.clientRecentMaxOutputBufferBytes),
    InfoField("client_recent_max_input_buffer", RedisInstance.Clients.clientRecentMaxInputBufferBytes),
    InfoField("long_lock_waits", RedisInstance.Clients.longLockWaitsTotal),
    InfoField("current_client_thread", RedisInstance.Clients.currentClientThread),
  ]
}
