import MetricModel

extension RedisInstance {
  /// `CLIENT LIST`: a series of each family a client.
  package enum ClientList {
    package static let outputBufferMemoryBytes = Family<Gauge, ClientLabels>(
      "redis_connected_client_output_buffer_memory_usage_bytes",
      "A connected client's output buffer memory usage in bytes", unit: .bytes, use: parity)
    package static let totalMemoryBytes = Family<Gauge, ClientLabels>(
      "redis_connected_client_total_memory_consumed_bytes",
      "Total memory consumed by a client in its various buffers", unit: .bytes, use: parity)
    package static let createdAt = Family<Gauge, ClientLabels>(
      "redis_connected_client_created_at_timestamp", "A connected client's creation timestamp", use: parity)
    package static let idleSince = Family<Gauge, ClientLabels>(
      "redis_connected_client_idle_since_timestamp", "A connected client's idle since timestamp", use: parity)
    package static let channelSubscriptions = Family<Gauge, ClientLabels>(
      "redis_connected_client_channel_subscriptions_count",
      "A connected client's number of channel subscriptions", use: parity)
    package static let patternSubscriptions = Family<Gauge, ClientLabels>(
      "redis_connected_client_pattern_matching_subscriptions_count",
      "A connected client's number of pattern matching subscriptions", use: parity)
    package static let shardSubscriptions = Family<Gauge, ClientLabels>(
      "redis_connected_client_shard_channel_subscriptions_count",
      "a connected client's number of shard channel subscriptions", use: parity)
    package static let watchedKeys = Family<Gauge, ClientLabels>(
      "redis_connected_client_shard_channel_watched_keys",
      "a connected client's number of keys it's currently watching", use: parity)
    package static let queryBufferBytes = Family<Gauge, ClientLabels>(
      "redis_connected_client_query_buffer_length_bytes",
      "A connected client's query buffer length in bytes (0 means no query pending)", unit: .bytes, use: parity)
    package static let queryBufferFreeBytes = Family<Gauge, ClientLabels>(
      "redis_connected_client_query_buffer_free_space_bytes",
      "A connected client's free space of the query buffer in bytes (0 means the buffer is "
        + "full)", unit: .bytes, use: parity)
    package static let outputBufferBytes = Family<Gauge, ClientLabels>(
      "redis_connected_client_output_buffer_length_bytes",
      "A connected client's output buffer length in bytes", unit: .bytes, use: parity)
    package static let outputListLength = Family<Gauge, ClientLabels>(
      "redis_connected_client_output_list_length",
      "A connected client's output list length (replies are queued in this list when the buffer is "
        + "full)", use: parity)

    /// Which labels it has depends on flags and on the server's version.
    package static func info(_ labelNames: [String]) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "redis_connected_client_info", help: "Details about a connected client", kind: .gauge,
        labelNames: labelNames, use: parity)
    }

    package static let all: [FamilyDescriptor] = [
      outputBufferMemoryBytes.descriptor, totalMemoryBytes.descriptor, createdAt.descriptor, idleSince.descriptor,
      channelSubscriptions.descriptor, patternSubscriptions.descriptor, shardSubscriptions.descriptor,
      watchedKeys.descriptor, queryBufferBytes.descriptor, queryBufferFreeBytes.descriptor,
      outputBufferBytes.descriptor, outputListLength.descriptor,
    ]
  }
}

package struct ClientLabels: LabelSet {
  package static let labelNames = ["id", "name"]
  package let labelValues: [String]
  package init(id: String, name: String) { labelValues = [id, name] }
}
