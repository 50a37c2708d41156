import MetricModel

extension PG {
  /// `pg_stat_wal_receiver_*`: what a standby receives.
  package enum StatWalReceiver {
    package static let prefix = "pg_stat_wal_receiver_"

    package static let receiveStartLsn = Family<Counter, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "receive_start_lsn",
      "First write-ahead log location used when WAL receiver is started represented as a decimal",
      use: parity)
    package static let receiveStartTli = Family<Gauge, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "receive_start_tli", "First timeline number used when WAL receiver is started",
      use: parity)
    package static let flushedLsn = Family<Counter, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "flushed_lsn",
      "Last write-ahead log location already received and flushed to disk, the initial value of this "
        + "field being the first log location used when WAL receiver is started represented as a decimal",
      use: parity)
    package static let receivedTli = Family<Gauge, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "received_tli", "Timeline number of last write-ahead log location received and flushed to disk",
      use: parity)
    package static let lastMsgSendTime = Family<Counter, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "last_msg_send_time", "Send time of last message received from origin WAL sender",
      use: parity)
    package static let lastMsgReceiptTime = Family<Counter, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "last_msg_receipt_time", "Send time of last message received from origin WAL sender",
      use: parity)
    package static let latestEndLsn = Family<Counter, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "latest_end_lsn", "Last write-ahead log location reported to origin WAL sender as integer",
      use: parity)
    package static let latestEndTime = Family<Counter, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "latest_end_time", "Time of last write-ahead log location reported to origin WAL sender",
      use: parity)
    package static let upstreamNode = Family<Gauge, Triple<UpstreamHost, SlotName, StatusLabel>>(
      prefix + "upstream_node", "Node ID of the upstream node",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      receiveStartLsn.descriptor, receiveStartTli.descriptor, flushedLsn.descriptor, receivedTli.descriptor,
      lastMsgSendTime.descriptor, lastMsgReceiptTime.descriptor, latestEndLsn.descriptor, latestEndTime.descriptor,
      upstreamNode.descriptor,
    ]
  }
}
