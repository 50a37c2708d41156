import MetricModel

extension RedisInstance {
  /// What `--check-key-groups` asks about.
  package enum KeyGroups {
    package static let count = Family<Gauge, GroupLabels>(
      "redis_key_group_count", "Count of keys in key group", use: parity)
    package static let memoryUsageBytes = Family<Gauge, GroupLabels>(
      "redis_key_group_memory_usage_bytes", "Total memory usage of key group in bytes", unit: .bytes, use: parity)
    package static let distinct = Family<Gauge, Database>(
      "redis_number_of_distinct_key_groups", "Number of distinct key groups", use: parity)
    package static let scrapeDuration = Family<Gauge, NoLabels>(
      "redis_last_key_groups_scrape_duration_milliseconds",
      "Duration of the last key group metrics scrape in milliseconds", use: parity)

    package static let all: [FamilyDescriptor] = [
      count.descriptor, memoryUsageBytes.descriptor, distinct.descriptor, scrapeDuration.descriptor,
    ]
  }
}

package struct GroupLabels: LabelSet {
  package static let labelNames = ["db", "key_group"]
  package let labelValues: [String]
  package init(database: Int, group: String) { labelValues = ["db\(database)", group] }
}
