import MetricModel

extension RedisInstance {
  /// `# Keyspace` of INFO: databases, the empty ones too.
  package enum Keyspace {
    package static let keys = Family<Gauge, Database>(
      "redis_db_keys", "Total number of keys by DB")
    package static let keysExpiring = Family<Gauge, Database>(
      "redis_db_keys_expiring", "Total number of expiring keys by DB", use: parity)
    package static let keysCached = Family<Gauge, Database>(
      "redis_db_keys_cached", "Total number of cached keys by DB", use: parity)
    package static let averageTTLSeconds = Family<Gauge, Database>(
      "redis_db_avg_ttl_seconds", "Avg TTL in seconds", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      keys.descriptor, keysExpiring.descriptor, keysCached.descriptor, averageTTLSeconds.descriptor,
    ]
  }
}

package enum DatabaseKey: LabelKey { package static let name = "db" }
/// `db0`.
package typealias Database = OpenValue<DatabaseKey>
