import MetricModel

extension RedisInstance {
  /// `XINFO` of the streams that `--check-streams` and `--check-single-streams` name. Identifiers are milliseconds.
  package enum Streams {
    package static let length = Family<Gauge, StreamLabels>(
      "redis_stream_length", "The number of elements of the stream", use: parity)
    package static let radixTreeKeys = Family<Gauge, StreamLabels>(
      "redis_stream_radix_tree_keys", "Radix tree keys count\"", use: parity)
    package static let radixTreeNodes = Family<Gauge, StreamLabels>(
      "redis_stream_radix_tree_nodes", "Radix tree nodes count", use: parity)
    package static let lastGeneratedID = Family<Gauge, StreamLabels>(
      "redis_stream_last_generated_id", "The epoch timestamp (ms) of the latest message on the stream", use: parity)
    package static let groups = Family<Gauge, StreamLabels>(
      "redis_stream_groups", "Groups count of stream", use: parity)
    package static let maximumDeletedEntryID = Family<Gauge, StreamLabels>(
      "redis_stream_max_deleted_entry_id",
      "The epoch timestamp (ms) of last message was deleted from the stream", use: parity)
    package static let firstEntryID = Family<Gauge, StreamLabels>(
      "redis_stream_first_entry_id", "The epoch timestamp (ms) of the first message in the stream", use: parity)
    package static let lastEntryID = Family<Gauge, StreamLabels>(
      "redis_stream_last_entry_id", "The epoch timestamp (ms) of the last message in the stream", use: parity)
    package static let groupConsumers = Family<Gauge, StreamGroupLabels>(
      "redis_stream_group_consumers", "Consumers count of stream group", use: parity)
    package static let groupPending = Family<Gauge, StreamGroupLabels>(
      "redis_stream_group_messages_pending", "Pending number of messages in that stream group", use: parity)
    package static let groupLastDeliveredID = Family<Gauge, StreamGroupLabels>(
      "redis_stream_group_last_delivered_id", "The epoch timestamp (ms) of the last delivered message", use: parity)
    package static let groupEntriesRead = Family<Gauge, StreamGroupLabels>(
      "redis_stream_group_entries_read", "Total number of entries read from the stream group", use: parity)
    package static let groupLag = Family<Gauge, StreamGroupLabels>(
      "redis_stream_group_lag",
      "The number of messages waiting to be delivered to the stream group's consumers", use: parity)
    package static let consumerPending = Family<Gauge, StreamConsumerLabels>(
      "redis_stream_group_consumer_messages_pending",
      "Pending number of messages for this specific consumer", use: parity)
    package static let consumerIdleSeconds = Family<Gauge, StreamConsumerLabels>(
      "redis_stream_group_consumer_idle_seconds", "Consumer idle time in seconds", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      length.descriptor, radixTreeKeys.descriptor, radixTreeNodes.descriptor, lastGeneratedID.descriptor,
      groups.descriptor, maximumDeletedEntryID.descriptor, firstEntryID.descriptor, lastEntryID.descriptor,
      groupConsumers.descriptor, groupPending.descriptor, groupLastDeliveredID.descriptor,
      groupEntriesRead.descriptor, groupLag.descriptor, consumerPending.descriptor, consumerIdleSeconds.descriptor,
    ]
  }
}

package struct StreamLabels: LabelSet {
  package static let labelNames = ["db", "stream"]
  package let labelValues: [String]
  package init(database: Int, stream: String) { labelValues = ["db\(database)", stream] }
}

package struct StreamGroupLabels: LabelSet {
  package static let labelNames = StreamLabels.labelNames + ["group"]
  package let labelValues: [String]
  package init(_ stream: StreamLabels, group: String) { labelValues = stream.labelValues + [group] }
}

package struct StreamConsumerLabels: LabelSet {
  package static let labelNames = StreamGroupLabels.labelNames + ["consumer"]
  package let labelValues: [String]
  package init(_ group: StreamGroupLabels, consumer: String) { labelValues = group.labelValues + [consumer] }
}
