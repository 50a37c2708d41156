import MetricModel

extension RedisInstance {
  /// `# Replication` of INFO: of a master its replicas, of a replica its link.
  package enum Replication {
    package static let connectedSlaves = Family<Gauge, NoLabels>(
      "redis_connected_slaves", "connected_slaves metric", use: parity)
    package static let replicationBacklogBytes = Family<Gauge, NoLabels>(
      "redis_replication_backlog_bytes", "replication_backlog_bytes metric", unit: .bytes, use: parity)
    package static let replBacklogIsActive = Family<Gauge, NoLabels>(
      "redis_repl_backlog_is_active", "repl_backlog_is_active metric", use: parity)
    package static let replBacklogFirstByteOffset = Family<Gauge, NoLabels>(
      "redis_repl_backlog_first_byte_offset", "repl_backlog_first_byte_offset metric", use: parity)
    package static let replBacklogHistoryBytes = Family<Gauge, NoLabels>(
      "redis_repl_backlog_history_bytes", "repl_backlog_history_bytes metric", unit: .bytes, use: parity)
    package static let masterReplOffset = Family<Gauge, NoLabels>(
      "redis_master_repl_offset", "master_repl_offset metric", use: parity)
    package static let secondReplOffset = Family<Gauge, NoLabels>(
      "redis_second_repl_offset", "second_repl_offset metric", use: parity)
    package static let slaveExpiresTrackedKeys = Family<Gauge, NoLabels>(
      "redis_slave_expires_tracked_keys", "slave_expires_tracked_keys metric", use: parity)
    package static let slavePriority = Family<Gauge, NoLabels>(
      "redis_slave_priority", "slave_priority metric", use: parity)
    package static let replicaResyncsFull = Family<Gauge, NoLabels>(
      "redis_replica_resyncs_full", "replica_resyncs_full metric", use: parity)
    package static let replicaPartialResyncAccepted = Family<Gauge, NoLabels>(
      "redis_replica_partial_resync_accepted", "replica_partial_resync_accepted metric", use: parity)
    package static let replicaPartialResyncDenied = Family<Gauge, NoLabels>(
      "redis_replica_partial_resync_denied", "replica_partial_resync_denied metric", use: parity)
    package static let slaveOffsetBytes = Family<Gauge, ReplicaLabels>(
      "redis_connected_slave_offset_bytes", "Offset of connected slave", unit: .bytes, use: parity)
    package static let slaveLagSeconds = Family<Gauge, ReplicaLabels>(
      "redis_connected_slave_lag_seconds", "Lag of connected slave", unit: .seconds, use: parity)
    package static let masterLinkUp = Family<Gauge, MasterLabels>(
      "redis_master_link_up", "Master link status on Redis slave", use: parity)
    package static let masterLastIOSecondsAgo = Family<Gauge, MasterLabels>(
      "redis_master_last_io_seconds_ago", "Master last io seconds ago", use: parity)
    package static let masterSyncInProgress = Family<Gauge, MasterLabels>(
      "redis_master_sync_in_progress", "Master sync in progress", use: parity)
    package static let slaveReplOffset = Family<Gauge, MasterLabels>(
      "redis_slave_repl_offset", "Slave replication offset", use: parity)
    package static let slaveInfo = Family<Gauge, Pair<MasterLabels, ReadOnly>>(
      "redis_slave_info", "Information about the Redis slave", use: parity)

    package static let all: [FamilyDescriptor] = [
      connectedSlaves.descriptor, replicationBacklogBytes.descriptor, replBacklogIsActive.descriptor,
      replBacklogFirstByteOffset.descriptor, replBacklogHistoryBytes.descriptor, masterReplOffset.descriptor,
      secondReplOffset.descriptor, slaveExpiresTrackedKeys.descriptor, slavePriority.descriptor,
      replicaResyncsFull.descriptor, replicaPartialResyncAccepted.descriptor, replicaPartialResyncDenied.descriptor,
      slaveOffsetBytes.descriptor, slaveLagSeconds.descriptor, masterLinkUp.descriptor,
      masterLastIOSecondsAgo.descriptor, masterSyncInProgress.descriptor, slaveReplOffset.descriptor,
      slaveInfo.descriptor,
    ]
  }
}

package struct ReplicaLabels: LabelSet {
  package static let labelNames = ["slave_ip", "slave_port", "slave_state"]
  package let labelValues: [String]
  package init(ip: String, port: String, state: String) { labelValues = [ip, port, state] }
}

package struct MasterLabels: LabelSet {
  package static let labelNames = ["master_host", "master_port"]
  package let labelValues: [String]
  package init(host: String, port: String) { labelValues = [host, port] }
}

package enum ReadOnlyKey: LabelKey { package static let name = "read_only" }
package typealias ReadOnly = OpenValue<ReadOnlyKey>
