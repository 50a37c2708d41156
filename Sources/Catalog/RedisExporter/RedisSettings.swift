import MetricModel

extension RedisInstance {
  /// `CONFIG GET`.
  package enum Settings {
    package static let ioThreads = Family<Gauge, NoLabels>(
      "redis_config_io_threads", "config_io_threads metric", use: parity)
    package static let maximumClients = Family<Gauge, NoLabels>(
      "redis_config_maxclients", "config_maxclients metric", use: parity)
    package static let maximumMemory = Family<Gauge, NoLabels>(
      "redis_config_maxmemory", "config_maxmemory metric", use: parity)
    package static let outputBufferLimitBytes = Family<Gauge, Pair<ClientClass, LimitKind>>(
      "redis_config_client_output_buffer_limit_bytes",
      "The configured buffer limits per class", unit: .bytes, use: parity)
    package static let outputBufferLimitSeconds = Family<Gauge, Pair<ClientClass, LimitKind>>(
      "redis_config_client_output_buffer_limit_overcome_seconds",
      "How long for buffer limits per class to be exceeded before replicas are dropped", unit: .seconds, use: parity)
    package static let keyValue = Family<Gauge, Pair<Key, Value>>(
      "redis_config_key_value", "Config key and value", use: parity)
    package static let value = Family<Gauge, Key>(
      "redis_config_value", "Config key and value as metric", use: parity)

    package static let all: [FamilyDescriptor] = [
      ioThreads.descriptor, maximumClients.descriptor, maximumMemory.descriptor, outputBufferLimitBytes.descriptor,
      outputBufferLimitSeconds.descriptor, keyValue.descriptor, value.descriptor,
    ]
  }
}

package enum ClientClassKey: LabelKey { package static let name = "class" }
/// `normal`, `slave`, `pubsub`.
package typealias ClientClass = OpenValue<ClientClassKey>

package enum LimitKindKey: LabelKey { package static let name = "limit" }
/// `hard`, `soft`.
package typealias LimitKind = OpenValue<LimitKindKey>

package enum KeyKey: LabelKey { package static let name = "key" }
package typealias Key = OpenValue<KeyKey>

package enum ValueKey: LabelKey { package static let name = "value" }
package typealias Value = OpenValue<ValueKey>
