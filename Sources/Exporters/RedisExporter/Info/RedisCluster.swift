import Catalog

extension InfoField {
  /// Fields of `# Cluster` of INFO, and `CLUSTER INFO` of a server in cluster mode.
  static let cluster: [InfoField] = [
    InfoField("cluster_enabled", RedisInstance.Cluster.clusterEnabled),
    InfoField("cluster_connections", RedisInstance.Cluster.clusterConnections),
    InfoField("cluster_state", RedisInstance.Cluster.clusterState),
    InfoField("cluster_slots_assigned", RedisInstance.Cluster.clusterSlotsAssigned),
    InfoField("cluster_slots_ok", RedisInstance.Cluster.clusterSlotsOk),
    InfoField("cluster_slots_pfail", RedisInstance.Cluster.clusterSlotsPfail),
    InfoField("cluster_slots_fail", RedisInstance.Cluster.clusterSlotsFail),
    InfoField("cluster_known_nodes", RedisInstance.Cluster.clusterKnownNodes),
    InfoField("cluster_size", RedisInstance.Cluster.clusterSize),
    InfoField("cluster_current_epoch", RedisInstance.Cluster.clusterCurrentEpoch),
    InfoField("cluster_my_epoch", RedisInstance.Cluster.clusterMyEpoch),
    InfoField("cluster_stats_messages_sent", RedisInstance.Cluster.clusterMessagesSentTotal),
    InfoField("cluster_stats_messages_received", RedisInstance.Cluster.clusterMessagesReceivedTotal),
    InfoField("cluster_stats_messages_ping_sent", RedisInstance.Cluster.clusterStatsMessagesPingSent),
    InfoField("cluster_stats_messages_ping_received", RedisInstance.Cluster.clusterStatsMessagesPingReceived),
    InfoField("cluster_stats_messages_pong_sent", RedisInstance.Cluster.clusterStatsMessagesPongSent),
    InfoField("cluster_stats_messages_pong_received", RedisInstance.Cluster.clusterStatsMessagesPongReceived),
    InfoField("cluster_stats_messages_meet_sent", RedisInstance.Cluster.clusterStatsMessagesMeetSent),
    InfoField("cluster_stats_messages_meet_received", RedisInstance.Cluster.clusterStatsMessagesMeetReceived),
    InfoField("cluster_stats_messages_fail_sent", RedisInstance.Cluster.clusterStatsMessagesFailSent),
    InfoField("cluster_stats_messages_fail_received", RedisInstance.Cluster.clusterStatsMessagesFailReceived),
    InfoField("cluster_stats_messages_publish_sent", RedisInstance.Cluster.clusterStatsMessagesPublishSent),
    InfoField("cluster_stats_messages_publish_received", RedisInstance.Cluster.clusterStatsMessagesPublishReceived),
    InfoField("cluster_stats_messages_publishshard_sent", RedisInstance.Cluster.clusterStatsMessagesPublishshardSent),
    InfoField(
      "cluster_stats_messages_publishshard_received", RedisInstance.Cluster.clusterStatsMessagesPublishshardReceived),
    InfoField("cluster_stats_messages_auth-req_sent", RedisInstance.Cluster.clusterStatsMessagesAuthReqSent),
    InfoField("cluster_stats_messages_auth-req_received", RedisInstance.Cluster.clusterStatsMessagesAuthReqReceived),
    InfoField("cluster_stats_messages_auth-ack_sent", RedisInstance.Cluster.clusterStatsMessagesAuthAckSent),
    InfoField("cluster_stats_messages_auth-ack_received", RedisInstance.Cluster.clusterStatsMessagesAuthAckReceived),
    InfoField("cluster_stats_messages_update_sent", RedisInstance.Cluster.clusterStatsMessagesUpdateSent),
    InfoField("cluster_stats_messages_update_received", RedisInstance.Cluster.clusterStatsMessagesUpdateReceived),
    InfoField("cluster_stats_messages_mfstart_sent", RedisInstance.Cluster.clusterStatsMessagesMfstartSent),
    InfoField("cluster_stats_messages_mfstart_received", RedisInstance.Cluster.clusterStatsMessagesMfstartReceived),
    InfoField("cluster_stats_messages_module_sent", RedisInstance.Cluster.clusterStatsMessagesModuleSent),
    InfoField("cluster_stats_messages_module_received", RedisInstance.Cluster.clusterStatsMessagesModuleReceived),
  ]
}
