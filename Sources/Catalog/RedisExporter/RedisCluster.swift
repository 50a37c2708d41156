import MetricModel

extension RedisInstance {
  /// `# Cluster` of INFO, and `CLUSTER INFO` of a server in cluster mode.
  package enum Cluster {
    package static let clusterEnabled = Family<Gauge, NoLabels>(
      "redis_cluster_enabled", "cluster_enabled metric", use: parity)
    package static let clusterConnections = Family<Gauge, NoLabels>(
      "redis_cluster_connections", "cluster_connections metric", use: parity)
    package static let clusterState = Family<Gauge, NoLabels>(
      "redis_cluster_state", "cluster_state metric", use: parity)
    package static let clusterSlotsAssigned = Family<Gauge, NoLabels>(
      "redis_cluster_slots_assigned", "cluster_slots_assigned metric", use: parity)
    package static let clusterSlotsOk = Family<Gauge, NoLabels>(
      "redis_cluster_slots_ok", "cluster_slots_ok metric", use: parity)
    package static let clusterSlotsPfail = Family<Gauge, NoLabels>(
      "redis_cluster_slots_pfail", "cluster_slots_pfail metric", use: parity)
    package static let clusterSlotsFail = Family<Gauge, NoLabels>(
      "redis_cluster_slots_fail", "cluster_slots_fail metric", use: parity)
    package static let clusterKnownNodes = Family<Gauge, NoLabels>(
      "redis_cluster_known_nodes", "cluster_known_nodes metric", use: parity)
    package static let clusterSize = Family<Gauge, NoLabels>(
      "redis_cluster_size", "cluster_size metric", use: parity)
    package static let clusterCurrentEpoch = Family<Gauge, NoLabels>(
      "redis_cluster_current_epoch", "cluster_current_epoch metric", use: parity)
    package static let clusterMyEpoch = Family<Gauge, NoLabels>(
      "redis_cluster_my_epoch", "cluster_my_epoch metric", use: parity)
    package static let clusterMessagesSentTotal = Family<Gauge, NoLabels>(
      "redis_cluster_messages_sent_total", "cluster_messages_sent_total metric", use: parity)
    package static let clusterMessagesReceivedTotal = Family<Gauge, NoLabels>(
      "redis_cluster_messages_received_total", "cluster_messages_received_total metric", use: parity)
    package static let clusterStatsMessagesPingSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_ping_sent", "cluster_stats_messages_ping_sent metric", use: parity)
    package static let clusterStatsMessagesPingReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_ping_received", "cluster_stats_messages_ping_received metric", use: parity)
    package static let clusterStatsMessagesPongSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_pong_sent", "cluster_stats_messages_pong_sent metric", use: parity)
    package static let clusterStatsMessagesPongReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_pong_received", "cluster_stats_messages_pong_received metric", use: parity)
    package static let clusterStatsMessagesMeetSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_meet_sent", "cluster_stats_messages_meet_sent metric", use: parity)
    package static let clusterStatsMessagesMeetReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_meet_received", "cluster_stats_messages_meet_received metric", use: parity)
    package static let clusterStatsMessagesFailSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_fail_sent", "cluster_stats_messages_fail_sent metric", use: parity)
    package static let clusterStatsMessagesFailReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_fail_received", "cluster_stats_messages_fail_received metric", use: parity)
    package static let clusterStatsMessagesPublishSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_publish_sent", "cluster_stats_messages_publish_sent metric", use: parity)
    package static let clusterStatsMessagesPublishReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_publish_received", "cluster_stats_messages_publish_received metric", use: parity)
    package static let clusterStatsMessagesPublishshardSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_publishshard_sent",
      "cluster_stats_messages_publishshard_sent metric", use: parity)
    package static let clusterStatsMessagesPublishshardReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_publishshard_received",
      "cluster_stats_messages_publishshard_received metric", use: parity)
    package static let clusterStatsMessagesAuthReqSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_auth_req_sent", "cluster_stats_messages_auth_req_sent metric", use: parity)
    package static let clusterStatsMessagesAuthReqReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_auth_req_received",
      "cluster_stats_messages_auth_req_received metric", use: parity)
    package static let clusterStatsMessagesAuthAckSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_auth_ack_sent", "cluster_stats_messages_auth_ack_sent metric", use: parity)
    package static let clusterStatsMessagesAuthAckReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_auth_ack_received",
      "cluster_stats_messages_auth_ack_received metric", use: parity)
    package static let clusterStatsMessagesUpdateSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_update_sent", "cluster_stats_messages_update_sent metric", use: parity)
    package static let clusterStatsMessagesUpdateReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_update_received", "cluster_stats_messages_update_received metric", use: parity)
    package static let clusterStatsMessagesMfstartSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_mfstart_sent", "cluster_stats_messages_mfstart_sent metric", use: parity)
    package static let clusterStatsMessagesMfstartReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_mfstart_received", "cluster_stats_messages_mfstart_received metric", use: parity)
    package static let clusterStatsMessagesModuleSent = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_module_sent", "cluster_stats_messages_module_sent metric", use: parity)
    package static let clusterStatsMessagesModuleReceived = Family<Gauge, NoLabels>(
      "redis_cluster_stats_messages_module_received", "cluster_stats_messages_module_received metric", use: parity)

    package static let all: [FamilyDescriptor] = [
      clusterEnabled.descriptor, clusterConnections.descriptor, clusterState.descriptor,
      clusterSlotsAssigned.descriptor, clusterSlotsOk.descriptor, clusterSlotsPfail.descriptor,
      clusterSlotsFail.descriptor, clusterKnownNodes.descriptor, clusterSize.descriptor,
      clusterCurrentEpoch.descriptor, clusterMyEpoch.descriptor, clusterMessagesSentTotal.descriptor,
      clusterMessagesReceivedTotal.descriptor, clusterStatsMessagesPingSent.descriptor,
      clusterStatsMessagesPingReceived.descriptor, clusterStatsMessagesPongSent.descriptor,
      clusterStatsMessagesPongReceived.descriptor, clusterStatsMessagesMeetSent.descriptor,
      clusterStatsMessagesMeetReceived.descriptor, clusterStatsMessagesFailSent.descriptor,
      clusterStatsMessagesFailReceived.descriptor, clusterStatsMessagesPublishSent.descriptor,
      clusterStatsMessagesPublishReceived.descriptor, clusterStatsMessagesPublishshardSent.descriptor,
      clusterStatsMessagesPublishshardReceived.descriptor, clusterStatsMessagesAuthReqSent.descriptor,
      clusterStatsMessagesAuthReqReceived.descriptor, clusterStatsMessagesAuthAckSent.descriptor,
      clusterStatsMessagesAuthAckReceived.descriptor, clusterStatsMessagesUpdateSent.descriptor,
      clusterStatsMessagesUpdateReceived.descriptor, clusterStatsMessagesMfstartSent.descriptor,
      clusterStatsMessagesMfstartReceived.descriptor, clusterStatsMessagesModuleSent.descriptor,
      clusterStatsMessagesModuleReceived.descriptor,
    ]
  }
}
