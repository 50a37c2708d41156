import Catalog
import ExporterKit
import Telemetry

/// `redis_instance_info`, `redis_slave_info` and `redis_start_time_seconds`: what fields of several sections say together.
struct InstanceIdentity {
  /// In the order of `InstanceLabels`.
  private static let fields: [StaticString] = [
    "role", "redis_version", "redis_build_id", "redis_mode", "os", "maxmemory_policy", "tcp_port", "run_id",
    "process_id",
  ]

  private var values = [String](repeating: "", count: Self.fields.count)

  /// A bit for each length that one of them has: most lines of INFO need no comparison.
  private static let lengths = fields.reduce(UInt64(0)) { $0 | 1 << UInt64($1.utf8CodeUnitCount) }

  mutating func note(_ name: Bytes, _ value: Bytes) {
    guard name.count < UInt64.bitWidth, Self.lengths & 1 << UInt64(name.count) != 0 else { return }
    for (index, field) in Self.fields.enumerated() where name == field { values[index] = value.string }
  }

  /// - Parameter now: seconds since the epoch.
  static func readUptime(_ name: Bytes, _ value: Bytes, at now: Double, into batch: inout SampleBatch) {
    guard name == "uptime_in_seconds", let uptime = value.double else { return }
    batch.add(RedisInstance.Server.startTimeSeconds, now.rounded(.down) - uptime)
  }

  func finish(_ replication: ReplicationReader, into batch: inout SampleBatch) {
    batch.add(RedisInstance.Server.instanceInfo, InstanceLabels(values), 1)
    if values.first == "slave" { replication.finish(into: &batch) }
  }
}
