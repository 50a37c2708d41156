import MetricModel

extension Host {
  /// `/sys/class/infiniband/DEVICE/ports/PORT`.
  package enum Infiniband {
    package enum PortKey: LabelKey { package static let name = "port" }
    package typealias Port = OpenValue<PortKey>

    package struct Info: LabelSet {
      package static let labelNames = ["device", "board_id", "firmware_version", "hca_type"]
      package let labelValues: [String]
      package init(device: String, boardId: String, firmwareVersion: String, hcaType: String) {
        labelValues = [device, boardId, firmwareVersion, hcaType]
      }
    }

    package static let info = Family<Gauge, Info>(
      "node_infiniband_info", "Non-numeric data from /sys/class/infiniband/<device>, value is always 1.", use: parity)
    package static let legacyMulticastPacketsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_multicast_packets_received_total", "Number of multicast packets received", use: parity)
    package static let legacyMulticastPacketsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_multicast_packets_transmitted_total",
      "Number of multicast packets transmitted", use: parity)
    package static let legacyDataReceivedBytes = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_data_received_bytes_total",
      "Number of data octets received on all links", unit: .bytes, use: parity)
    package static let legacyPacketsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_packets_received_total", "Number of data packets received on all links", use: parity)
    package static let legacyUnicastPacketsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_unicast_packets_received_total", "Number of unicast packets received", use: parity)
    package static let legacyUnicastPacketsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_unicast_packets_transmitted_total", "Number of unicast packets transmitted", use: parity)
    package static let legacyDataTransmittedBytes = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_data_transmitted_bytes_total",
      "Number of data octets transmitted on all links", unit: .bytes, use: parity)
    package static let legacyPacketsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_legacy_packets_transmitted_total", "Number of data packets received on all links", use: parity)
    package static let excessiveBufferOverrunErrors = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_excessive_buffer_overrun_errors_total",
      "Number of times that OverrunErrors consecutive flow control update periods occurred, each having at least "
        + "one overrun error.", use: parity)
    package static let linkDowned = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_link_downed_total",
      "Number of times the link failed to recover from an error state and went down", use: parity)
    package static let linkErrorRecovery = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_link_error_recovery_total",
      "Number of times the link successfully recovered from an error state", use: parity)
    package static let localLinkIntegrityErrors = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_local_link_integrity_errors_total",
      "Number of times that the count of local physical errors exceeded the threshold specified by LocalPhyErrors.",
      use: parity)
    package static let multicastPacketsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_multicast_packets_received_total",
      "Number of multicast packets received (including errors)", use: parity)
    package static let multicastPacketsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_multicast_packets_transmitted_total",
      "Number of multicast packets transmitted (including errors)", use: parity)
    package static let physicalStateId = Family<Gauge, Pair<Device, Port>>(
      "node_infiniband_physical_state_id",
      "Physical state of the InfiniBand port (0: no change, 1: sleep, 2: polling, 3: disable, 4: shift, 5: link "
        + "up, 6: link error recover, 7: phytest)", use: parity)
    package static let portConstraintErrorsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_constraint_errors_received_total",
      "Number of packets received on the switch physical port that are discarded", use: parity)
    package static let portConstraintErrorsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_constraint_errors_transmitted_total",
      "Number of packets not transmitted from the switch physical port", use: parity)
    package static let portDataReceivedBytes = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_data_received_bytes_total",
      "Number of data octets received on all links", unit: .bytes, use: parity)
    package static let portDataTransmittedBytes = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_data_transmitted_bytes_total",
      "Number of data octets transmitted on all links", unit: .bytes, use: parity)
    package static let portDiscardsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_discards_received_total",
      "Number of inbound packets discarded by the port because the port is down or congested", use: parity)
    package static let portDiscardsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_discards_transmitted_total",
      "Number of outbound packets discarded by the port because the port is down or congested", use: parity)
    package static let portErrorsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_errors_received_total",
      "Number of packets containing an error that were received on this port", use: parity)
    package static let portPacketsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_packets_received_total",
      "Number of packets received on all VLs by this port (including errors)", use: parity)
    package static let portPacketsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_packets_transmitted_total",
      "Number of packets transmitted on all VLs from this port (including errors)", use: parity)
    package static let portTransmitWait = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_transmit_wait_total",
      "Number of ticks during which the port had data to transmit but no data was sent during the entire tick",
      use: parity)
    package static let rateBytesPerSecond = Family<Gauge, Pair<Device, Port>>(
      "node_infiniband_rate_bytes_per_second", "Maximum signal transfer rate", use: parity)
    package static let stateId = Family<Gauge, Pair<Device, Port>>(
      "node_infiniband_state_id",
      "State of the InfiniBand port (0: no change, 1: down, 2: init, 3: armed, 4: active, 5: act defer)", use: parity)
    package static let unicastPacketsReceived = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_unicast_packets_received_total",
      "Number of unicast packets received (including errors)", use: parity)
    package static let unicastPacketsTransmitted = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_unicast_packets_transmitted_total",
      "Number of unicast packets transmitted (including errors)", use: parity)
    package static let portReceiveRemotePhysicalErrors = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_receive_remote_physical_errors_total",
      "Number of packets marked with the EBP (End of Bad Packet) delimiter received on the port.", use: parity)
    package static let portReceiveSwitchRelayErrors = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_port_receive_switch_relay_errors_total",
      "Number of packets that could not be forwarded by the switch.", use: parity)
    package static let symbolError = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_symbol_error_total",
      "Number of minor link errors detected on one or more physical lanes.", use: parity)
    package static let vl15Dropped = Family<Counter, Pair<Device, Port>>(
      "node_infiniband_vl15_dropped_total",
      "Number of incoming VL15 packets dropped due to resource limitations.", use: parity)

    package static let all: [FamilyDescriptor] = [
      info.descriptor, legacyMulticastPacketsReceived.descriptor, legacyMulticastPacketsTransmitted.descriptor,
      legacyDataReceivedBytes.descriptor, legacyPacketsReceived.descriptor, legacyUnicastPacketsReceived.descriptor,
      legacyUnicastPacketsTransmitted.descriptor, legacyDataTransmittedBytes.descriptor,
      legacyPacketsTransmitted.descriptor, excessiveBufferOverrunErrors.descriptor, linkDowned.descriptor,
      linkErrorRecovery.descriptor, localLinkIntegrityErrors.descriptor, multicastPacketsReceived.descriptor,
      multicastPacketsTransmitted.descriptor, physicalStateId.descriptor, portConstraintErrorsReceived.descriptor,
      portConstraintErrorsTransmitted.descriptor, portDataReceivedBytes.descriptor,
      portDataTransmittedBytes.descriptor, portDiscardsReceived.descriptor, portDiscardsTransmitted.descriptor,
      portErrorsReceived.descriptor, portPacketsReceived.descriptor, portPacketsTransmitted.descriptor,
      portTransmitWait.descriptor, rateBytesPerSecond.descriptor, stateId.descriptor,
      unicastPacketsReceived.descriptor, unicastPacketsTransmitted.descriptor,
      portReceiveRemotePhysicalErrors.descriptor, portReceiveSwitchRelayErrors.descriptor, symbolError.descriptor,
      vl15Dropped.descriptor,
    ]
  }
}
