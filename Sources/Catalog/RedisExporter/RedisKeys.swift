import MetricModel

extension RedisInstance {
  /// What `--check-keys`, `--check-single-keys` and `--count-keys` ask about.
  package enum Keys {
    package static let size = Family<Gauge, KeyLabels>(
      "redis_key_size", "The length or size of \"key\"", use: parity)
    package static let value = Family<Gauge, KeyLabels>(
      "redis_key_value", "The value of \"key\"", use: parity)
    package static let valueAsString = Family<Gauge, Pair<KeyLabels, KeyText>>(
      "redis_key_value_as_string", "The value of \"key\" as a string", use: parity)
    package static let memoryUsageBytes = Family<Gauge, KeyLabels>(
      "redis_key_memory_usage_bytes", "The memory usage of \"key\" in bytes", unit: .bytes, use: parity)
    package static let count = Family<Gauge, KeyLabels>(
      "redis_keys_count", "Count of keys", use: parity)

    package static let all: [FamilyDescriptor] = [
      size.descriptor, value.descriptor, valueAsString.descriptor, memoryUsageBytes.descriptor, count.descriptor,
    ]
  }
}

package struct KeyLabels: LabelSet {
  package static let labelNames = ["db", "key"]
  package let labelValues: [String]
  package init(database: Int, key: String) { labelValues = ["db\(database)", key] }
}

package enum KeyTextKey: LabelKey { package static let name = "val" }
package typealias KeyText = OpenValue<KeyTextKey>
