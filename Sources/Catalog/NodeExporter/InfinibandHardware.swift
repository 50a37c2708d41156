import MetricModel

extension Host {
  /// `hw_counters` of a port of InfiniBand or RoCE, which the driver chooses:
  /// https://enterprise-support.nvidia.com/s/article/understanding-mlx5-linux-counters-and-status-parameters
  package enum InfinibandHardware {
    package static let duplicateRequestsPackets = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_duplicate_requests_packets_total",
      "The number of received packets. A duplicate request is a request that had been previously executed.",
      use: parity)
    package static let impliedNakSeqErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_implied_nak_seq_errors_total",
      "The number of time the requested decided an ACK. with a PSN larger than the expected PSN for an RDMA read "
        + "or response.", use: parity)
    package static let lifespanSeconds = Family<Gauge, Pair<Device, Infiniband.Port>>(
      "node_infiniband_lifespan_seconds",
      "The maximum period in ms which defines the aging of the counter reads. Two consecutive reads within this "
        + "period might return the same values.", unit: .seconds, use: parity)
    package static let localAckTimeoutErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_local_ack_timeout_errors_total",
      "The number of times QP's ack timer expired for RC, XRC, DCT QPs at the sender side. The QP retry limit was "
        + "not exceed, therefore it is still recoverable error.", use: parity)
    package static let npCnpPacketsSent = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_np_cnp_packets_sent_total",
      "The number of CNP packets sent by the Notification Point when it noticed congestion experienced in the "
        + "RoCEv2 IP header (ECN bits). The counters was added in MLNX_OFED 4.1", use: parity)
    package static let npEcnMarkedRocePacketsReceived = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_np_ecn_marked_roce_packets_received_total",
      "The number of RoCEv2 packets received by the notification point which were marked for experiencing the "
        + "congestion (ECN bits where '11' on the ingress RoCE traffic) . The counters was added in MLNX_OFED 4.1",
      use: parity)
    package static let outOfBufferDrops = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_out_of_buffer_drops_total",
      "The number of drops occurred due to lack of WQE for the associated QPs.", use: parity)
    package static let outOfSequencePacketsReceived = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_out_of_sequence_packets_received_total",
      "The number of out of sequence packets received.", use: parity)
    package static let packetSequenceErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_packet_sequence_errors_total",
      "The number of received NAK sequence error packets. The QP retry limit was not exceeded.", use: parity)
    package static let reqCqesErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_req_cqes_errors_total",
      "The number of times requester detected CQEs completed with errors. The counters was added in MLNX_OFED 4.1",
      use: parity)
    package static let reqCqesFlushErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_req_cqes_flush_errors_total",
      "The number of times requester detected CQEs completed with flushed errors. The counters was added in "
        + "MLNX_OFED 4.1", use: parity)
    package static let reqRemoteAccessErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_req_remote_access_errors_total",
      "The number of times requester detected remote access errors. The counters was added in MLNX_OFED 4.1",
      use: parity)
    package static let reqRemoteInvalidRequestErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_req_remote_invalid_request_errors_total",
      "The number of times requester detected remote invalid request errors. The counters was added in MLNX_OFED "
        + "4.1", use: parity)
    package static let respCqesErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_resp_cqes_errors_total",
      "The number of times responder detected CQEs completed with errors. The counters was added in MLNX_OFED 4.1",
      use: parity)
    package static let respCqesFlushErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_resp_cqes_flush_errors_total",
      "The number of times responder detected CQEs completed with flushed errors. The counters was added in "
        + "MLNX_OFED 4.1", use: parity)
    package static let respLocalLengthErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_resp_local_length_errors_total",
      "The number of times responder detected local length errors. The counters was added in MLNX_OFED 4.1",
      use: parity)
    package static let respRemoteAccessErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_resp_remote_access_errors_total",
      "The number of times responder detected remote access errors. The counters was added in MLNX_OFED 4.1",
      use: parity)
    package static let rnrNakRetryPacketsReceived = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rnr_nak_retry_packets_received_total",
      "The number of received RNR NAK packets. The QP retry limit was not exceeded.", use: parity)
    package static let roceAdpRetransmits = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_roce_adp_retransmits_total",
      "The number of adaptive retransmissions for RoCE traffic. The counter was added in MLNX_OFED rev 5.0-1.0.0.0 "
        + "and kernel v5.6.0", use: parity)
    package static let roceAdpRetransmitsTimeout = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_roce_adp_retransmits_timeout_total",
      "The number of times RoCE traffic reached timeout due to adaptive retransmission. The counter was added in "
        + "MLNX_OFED rev 5.0-1.0.0.0 and kernel v5.6.0", use: parity)
    package static let roceSlowRestartUsed = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_roce_slow_restart_used_total",
      "The number of times RoCE slow restart was used. The counter was added in MLNX_OFED rev 5.0-1.0.0.0 and "
        + "kernel v5.6.0", use: parity)
    package static let roceSlowRestartCnps = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_roce_slow_restart_cnps_total",
      "The number of times RoCE slow restart generated CNP packets. The counter was added in MLNX_OFED rev "
        + "5.0-1.0.0.0 and kernel v5.6.0", use: parity)
    package static let roceSlowRestart = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_roce_slow_restart_total",
      "The number of times RoCE slow restart changed state to slow restart. The counter was added in MLNX_OFED rev "
        + "5.0-1.0.0.0 and kernel v5.6.0", use: parity)
    package static let rpCnpPacketsHandled = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rp_cnp_packets_handled_total",
      "The number of CNP packets handled by the Reaction Point HCA to throttle the transmission rate. The counters "
        + "was added in MLNX_OFED 4.1", use: parity)
    package static let rpCnpIgnoredPacketsReceived = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rp_cnp_ignored_packets_received_total",
      "The number of CNP packets received and ignored by the Reaction Point HCA. This counter should not raise if "
        + "RoCE Congestion Control was enabled in the network. If this counter raise, verify that ECN was enabled "
        + "on the adapter.", use: parity)
    package static let rxAtomicRequests = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rx_atomic_requests_total",
      "The number of received ATOMIC request for the associated QPs.", use: parity)
    package static let rxDctConnectRequests = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rx_dct_connect_requests_total",
      "The number of received connection requests for the associated DCTs.", use: parity)
    package static let rxReadRequests = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rx_read_requests_total",
      "The number of received READ requests for the associated QPs.", use: parity)
    package static let rxWriteRequests = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rx_write_requests_total",
      "The number of received WRITE requests for the associated QPs.", use: parity)
    package static let rxIcrcEncapsulatedErrors = Family<Counter, Pair<Device, Infiniband.Port>>(
      "node_infiniband_rx_icrc_encapsulated_errors_total",
      "The number of RoCE packets with ICRC errors. This counter was added in MLNX_OFED 4.4 and kernel 4.19",
      use: parity)

    package static let all: [FamilyDescriptor] = [
      duplicateRequestsPackets.descriptor, impliedNakSeqErrors.descriptor, lifespanSeconds.descriptor,
      localAckTimeoutErrors.descriptor, npCnpPacketsSent.descriptor, npEcnMarkedRocePacketsReceived.descriptor,
      outOfBufferDrops.descriptor, outOfSequencePacketsReceived.descriptor, packetSequenceErrors.descriptor,
      reqCqesErrors.descriptor, reqCqesFlushErrors.descriptor, reqRemoteAccessErrors.descriptor,
      reqRemoteInvalidRequestErrors.descriptor, respCqesErrors.descriptor, respCqesFlushErrors.descriptor,
      respLocalLengthErrors.descriptor, respRemoteAccessErrors.descriptor, rnrNakRetryPacketsReceived.descriptor,
      roceAdpRetransmits.descriptor, roceAdpRetransmitsTimeout.descriptor, roceSlowRestartUsed.descriptor,
      roceSlowRestartCnps.descriptor, roceSlowRestart.descriptor, rpCnpPacketsHandled.descriptor,
      rpCnpIgnoredPacketsReceived.descriptor, rxAtomicRequests.descriptor, rxDctConnectRequests.descriptor,
      rxReadRequests.descriptor, rxWriteRequests.descriptor, rxIcrcEncapsulatedErrors.descriptor,
    ]
  }
}
