import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// `db0:keys=5007,expires=1,avg_ttl=9670850`. Databases without keys are not listed by the server, and counted here.
struct KeyspaceReader {
  private var lines: [(database: String, keys: Double, expiring: Double, cached: Double?, ttl: Double?)] = []

  mutating func read(_ name: Bytes, _ value: Bytes) -> Bool {
    guard name.hasPrefix("db") else { return false }
    var (keys, expiring, cached, ttl): (Double?, Double?, Double?, Double?) = (nil, nil, nil, nil)
    value.forEachPair { name, value in
      if name == "keys" { keys = value.double }
      if name == "expires" { expiring = value.double }
      if name == "cached_keys" { cached = value.double }
      if name == "avg_ttl" { ttl = value.double }
    }
    guard let keys, let expiring else { return false }
    lines.append((name.string, keys, expiring, cached, ttl))
    return true
  }

  func finish(databases: Int, into batch: inout SampleBatch) {
    let listed = Set(lines.map(\.database))
    let empty = (0..<databases).lazy.map { "db\($0)" }.filter { !listed.contains($0) }.map { Database($0) }
    let named = lines.map { (Database($0.database), $0) }
    for (label, line) in named { batch.add(RedisInstance.Keyspace.keys, label, line.keys) }
    for label in empty { batch.add(RedisInstance.Keyspace.keys, label, 0) }
    for (label, line) in named { batch.add(RedisInstance.Keyspace.keysExpiring, label, line.expiring) }
    for label in empty { batch.add(RedisInstance.Keyspace.keysExpiring, label, 0) }
    for (label, line) in named {
      if let ttl = line.ttl { batch.add(RedisInstance.Keyspace.averageTTLSeconds, label, ttl / 1000) }
    }
    for (label, line) in named {
      if let cached = line.cached { batch.add(RedisInstance.Keyspace.keysCached, label, cached) }
    }
  }
}
