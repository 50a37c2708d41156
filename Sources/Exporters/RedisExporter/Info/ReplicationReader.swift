import Catalog
import ExporterKit
import MetricModel
import Telemetry

/// Lines of `# Replication` that become series with labels: `slave0:ip=…,port=…,state=online,offset=…,lag=…` of a
/// master, `master_link_status` and the like of a replica. KeyDB numbers its masters: `master_1_host`.
struct ReplicationReader {
  private var host = ""
  private var port = ""
  private var readOnly = ""

  /// - Returns: whether the line is one of these, so that it is nothing else.
  mutating func read(_ name: Bytes, _ value: Bytes, into batch: inout SampleBatch) -> Bool {
    if name.hasPrefix("slave"), name[5] >= UInt8(ascii: "0"), name[5] <= UInt8(ascii: "9") {
      return Self.readReplica(value, into: &batch)
    }
    if name == "slave_read_only" { readOnly = value.string }
    if name == "slave_repl_offset" {
      return add(RedisInstance.Replication.slaveReplOffset, value, into: &batch)
    }
    guard name.hasPrefix("master_") else { return false }
    let field = Self.unnumbered(name)
    if field == "host" { host = value.string }
    if field == "port" { port = value.string }
    if field == "link_status" {
      batch.add(RedisInstance.Replication.masterLinkUp, MasterLabels(host: host, port: port), value == "up" ? 1 : 0)
      return true
    }
    if field == "last_io_seconds_ago" {
      return add(RedisInstance.Replication.masterLastIOSecondsAgo, value, into: &batch)
    }
    if field == "sync_in_progress" {
      return add(RedisInstance.Replication.masterSyncInProgress, value, into: &batch)
    }
    return false
  }

  /// Of a replica alone.
  func finish(into batch: inout SampleBatch) {
    batch.add(RedisInstance.Replication.slaveInfo, Pair(MasterLabels(host: host, port: port), ReadOnly(readOnly)), 1)
  }

  private func add(
    _ family: Family<Gauge, MasterLabels>, _ value: Bytes, into batch: inout SampleBatch
  ) -> Bool {
    batch.add(family, MasterLabels(host: host, port: port), value.double ?? 0)
    return true
  }

  /// `host` of `master_host` and of `master_1_host`.
  private static func unnumbered(_ name: Bytes) -> Bytes {
    let rest = name.from(7)
    guard let (number, field) = rest.cut(at: UInt8(ascii: "_")), number.integer != nil else { return rest }
    return field
  }

  private static func readReplica(_ value: Bytes, into batch: inout SampleBatch) -> Bool {
    var (ip, port, state) = ("", "", "")
    var (offset, lag): (Double?, Double?) = (nil, nil)
    value.forEachPair { name, value in
      if name == "ip" { ip = value.string }
      if name == "port" { port = value.string }
      if name == "state" { state = value.string }
      if name == "offset" { offset = value.double }
      if name == "lag" { lag = value.double }
    }
    guard let offset else { return false }
    let labels = ReplicaLabels(ip: ip, port: port, state: state)
    batch.add(RedisInstance.Replication.slaveOffsetBytes, labels, offset)
    if let lag, lag >= 0 { batch.add(RedisInstance.Replication.slaveLagSeconds, labels, lag) }
    return true
  }
}
