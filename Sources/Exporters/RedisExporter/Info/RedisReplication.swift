import Catalog

extension InfoField {
  /// Fields of `# Replication` of INFO: of a master its replicas, of a replica its link.
  static let replication: [InfoField] = [
    InfoField("connected_slaves", RedisInstance.Replication.connectedSlaves),
    InfoField("repl_backlog_size", RedisInstance.Replication.replicationBacklogBytes),
    InfoField("repl_backlog_active", RedisInstance.Replication.replBacklogIsActive),
    InfoField("repl_backlog_first_byte_offset", RedisInstance.Replication.replBacklogFirstByteOffset),
    InfoField("repl_backlog_histlen", RedisInstance.Replication.replBacklogHistoryBytes),
    InfoField("master_repl_offset", RedisInstance.Replication.masterReplOffset),
    InfoField("second_repl_offset", RedisInstance.Replication.secondReplOffset),
    InfoField("slave_expires_tracked_keys", RedisInstance.Replication.slaveExpiresTrackedKeys),
    InfoField("slave_priority", RedisInstance.Replication.slavePriority),
    InfoField("sync_full", RedisInstance.Replication.replicaResyncsFull),
    InfoField("sync_partial_ok", RedisInstance.Replication.replicaPartialResyncAccepted),
    InfoField("sync_partial_err", RedisInstance.Replication.replicaPartialResyncDenied),
  ]
}
