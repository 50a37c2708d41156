import Catalog
import MetricModel
import Telemetry

/// `hw_counters` of a port, which the drivers mlx5 and irdma have:
/// https://enterprise-support.nvidia.com/s/article/understanding-mlx5-linux-counters-and-status-parameters.
enum InfinibandHardware {
  static func add(
    _ labels: Pair<Host.Device, Host.Infiniband.Port>, _ path: String, _ host: NodeHost, into batch: inout SampleBatch
  ) {
    InfinibandCollector.addFiles(counters, of: labels, path, host, into: &batch)
    // Whole seconds: the standard exporter divides integers.
    if let milliseconds = host.unsigned("\(path)/lifespan") {
      batch.add(Families.lifespanSeconds, labels, Double(milliseconds / 1000))
    }
  }

  private typealias Families = Host.InfinibandHardware

  private static let counters: [String: (family: InfinibandCollector.PortCounter, factor: Double)] = [
    "duplicate_request": (Families.duplicateRequestsPackets, 1),
    "implied_nak_seq_err": (Families.impliedNakSeqErrors, 1),
    "local_ack_timeout_err": (Families.localAckTimeoutErrors, 1),
    "np_cnp_sent": (Families.npCnpPacketsSent, 1),
    "np_ecn_marked_roce_packets": (Families.npEcnMarkedRocePacketsReceived, 1),
    "out_of_buffer": (Families.outOfBufferDrops, 1),
    "out_of_sequence": (Families.outOfSequencePacketsReceived, 1),
    "packet_seq_err": (Families.packetSequenceErrors, 1),
    "req_cqe_error": (Families.reqCqesErrors, 1), "req_cqe_flush_error": (Families.reqCqesFlushErrors, 1),
    "req_remote_access_errors": (Families.reqRemoteAccessErrors, 1),
    "req_remote_invalid_request": (Families.reqRemoteInvalidRequestErrors, 1),
    "resp_cqe_error": (Families.respCqesErrors, 1), "resp_cqe_flush_error": (Families.respCqesFlushErrors, 1),
    "resp_local_length_error": (Families.respLocalLengthErrors, 1),
    "resp_remote_access_errors": (Families.respRemoteAccessErrors, 1),
    "rnr_nak_retry_err": (Families.rnrNakRetryPacketsReceived, 1),
    "roce_adp_retrans": (Families.roceAdpRetransmits, 1),
    "roce_adp_retrans_to": (Families.roceAdpRetransmitsTimeout, 1),
    "roce_slow_restart": (Families.roceSlowRestartUsed, 1),
    "roce_slow_restart_cnps": (Families.roceSlowRestartCnps, 1),
    "roce_slow_restart_trans": (Families.roceSlowRestart, 1),
    "rp_cnp_handled": (Families.rpCnpPacketsHandled, 1), "rp_cnp_ignored": (Families.rpCnpIgnoredPacketsReceived, 1),
    "rx_atomic_requests": (Families.rxAtomicRequests, 1), "rx_dct_connect": (Families.rxDctConnectRequests, 1),
    "rx_read_requests": (Families.rxReadRequests, 1), "rx_write_requests": (Families.rxWriteRequests, 1),
    "rx_icrc_encapsulated": (Families.rxIcrcEncapsulatedErrors, 1),
  ]
}
