import MetricModel

extension Host {
  /// `/sys/class/fc_host`.
  package enum Fibrechannel {
    package enum HostNameKey: LabelKey { package static let name = "fc_host" }
    package typealias HostName = OpenValue<HostNameKey>

    package struct Info: LabelSet {
      package static let labelNames = [
        "fc_host", "speed", "port_state", "port_type", "port_id", "port_name", "fabric_name", "symbolic_name",
        "supported_classes", "supported_speeds", "dev_loss_tmo",
      ]
      package let labelValues: [String]
      package init(
        fcHost: String, speed: String, portState: String, portType: String, portId: String, portName: String,
        fabricName: String, symbolicName: String, supportedClasses: String, supportedSpeeds: String,
        devLossTmo: String
      ) {
        labelValues = [
          fcHost, speed, portState, portType, portId, portName, fabricName, symbolicName, supportedClasses,
          supportedSpeeds, devLossTmo,
        ]
      }
    }

    package static let info = Family<Gauge, Info>(
      "node_fibrechannel_info", "Non-numeric data from /sys/class/fc_host/<host>, value is always 1.", use: parity)
    package static let dumpedFrames = Family<Counter, HostName>(
      "node_fibrechannel_dumped_frames_total", "Number of dumped frames", use: parity)
    package static let lossOfSignal = Family<Counter, HostName>(
      "node_fibrechannel_loss_of_signal_total", "Number of times signal has been lost", use: parity)
    package static let lossOfSync = Family<Counter, HostName>(
      "node_fibrechannel_loss_of_sync_total",
      "Number of failures on either bit or transmission word boundaries", use: parity)
    package static let rxFrames = Family<Counter, HostName>(
      "node_fibrechannel_rx_frames_total", "Number of frames received", use: parity)
    package static let errorFrames = Family<Counter, HostName>(
      "node_fibrechannel_error_frames_total", "Number of errors in frames", use: parity)
    package static let invalidTxWords = Family<Counter, HostName>(
      "node_fibrechannel_invalid_tx_words_total", "Number of invalid words transmitted by host port", use: parity)
    package static let secondsSinceLastReset = Family<Counter, HostName>(
      "node_fibrechannel_seconds_since_last_reset_total", "Number of seconds since last host port reset", use: parity)
    package static let txWords = Family<Counter, HostName>(
      "node_fibrechannel_tx_words_total", "Number of words transmitted by host port", use: parity)
    package static let invalidCrc = Family<Counter, HostName>(
      "node_fibrechannel_invalid_crc_total", "Invalid Cyclic Redundancy Check count", use: parity)
    package static let nos = Family<Counter, HostName>(
      "node_fibrechannel_nos_total", "Number Not_Operational Primitive Sequence received by host port", use: parity)
    package static let fcpPacketAborts = Family<Counter, HostName>(
      "node_fibrechannel_fcp_packet_aborts_total", "Number of aborted packets", use: parity)
    package static let rxWords = Family<Counter, HostName>(
      "node_fibrechannel_rx_words_total", "Number of words received by host port", use: parity)
    package static let txFrames = Family<Counter, HostName>(
      "node_fibrechannel_tx_frames_total", "Number of frames transmitted by host port", use: parity)
    package static let linkFailure = Family<Counter, HostName>(
      "node_fibrechannel_link_failure_total", "Number of times the host port link has failed", use: parity)

    package static let all: [FamilyDescriptor] = [
      info.descriptor, dumpedFrames.descriptor, lossOfSignal.descriptor, lossOfSync.descriptor, rxFrames.descriptor,
      errorFrames.descriptor, invalidTxWords.descriptor, secondsSinceLastReset.descriptor, txWords.descriptor,
      invalidCrc.descriptor, nos.descriptor, fcpPacketAborts.descriptor, rxWords.descriptor, txFrames.descriptor,
      linkFailure.descriptor,
    ]
  }
}
