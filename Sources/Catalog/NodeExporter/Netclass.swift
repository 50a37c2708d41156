import MetricModel

extension Host {
  /// `/sys/class/net`: what each network interface is and how it is set.
  package enum Netclass {
    package enum DeviceKey: LabelKey { package static let name = "device" }
    package typealias Device = OpenValue<DeviceKey>

    package struct InfoLabels: LabelSet {
      package static let labelNames = [
        "device", "address", "broadcast", "duplex", "operstate", "adminstate", "ifalias",
      ]
      package let labelValues: [String]
      package init(
        _ device: String, address: String, broadcast: String, duplex: String, operstate: String, adminstate: String,
        ifalias: String
      ) {
        labelValues = [device, address, broadcast, duplex, operstate, adminstate, ifalias]
      }
    }

    package static let up = Family<Gauge, Device>(
      "node_network_up", "Value is 1 if operstate is 'up', 0 otherwise.", use: parity)
    package static let info = Family<Gauge, InfoLabels>(
      "node_network_info", "Non-numeric data from /sys/class/net/<iface>, value is always 1.", use: parity)
    package static let carrierChanges = Family<Counter, Device>(
      "node_network_carrier_changes_total", "Network device property: carrier_changes_total", use: parity)
    package static let carrierUpChanges = Family<Counter, Device>(
      "node_network_carrier_up_changes_total", "Network device property: carrier_up_changes_total", use: parity)
    package static let carrierDownChanges = Family<Counter, Device>(
      "node_network_carrier_down_changes_total", "Network device property: carrier_down_changes_total", use: parity)
    package static let addressAssignType = Family<Gauge, Device>(
      "node_network_address_assign_type", "Network device property: address_assign_type", use: parity)
    package static let carrier = Family<Gauge, Device>(
      "node_network_carrier", "Network device property: carrier", use: parity)
    package static let deviceID = Family<Gauge, Device>(
      "node_network_device_id", "Network device property: device_id", use: parity)
    package static let dormant = Family<Gauge, Device>(
      "node_network_dormant", "Network device property: dormant", use: parity)
    package static let flags = Family<Gauge, Device>(
      "node_network_flags", "Network device property: flags", use: parity)
    package static let interfaceID = Family<Gauge, Device>(
      "node_network_iface_id", "Network device property: iface_id", use: parity)
    package static let interfaceLink = Family<Gauge, Device>(
      "node_network_iface_link", "Network device property: iface_link", use: parity)
    package static let interfaceLinkMode = Family<Gauge, Device>(
      "node_network_iface_link_mode", "Network device property: iface_link_mode", use: parity)
    package static let mtu = Family<Gauge, Device>(
      "node_network_mtu_bytes", "Network device property: mtu_bytes", unit: .bytes, use: parity)
    package static let nameAssignType = Family<Gauge, Device>(
      "node_network_name_assign_type", "Network device property: name_assign_type", use: parity)
    package static let deviceGroup = Family<Gauge, Device>(
      "node_network_net_dev_group", "Network device property: net_dev_group", use: parity)
    package static let speed = Family<Gauge, Device>(
      "node_network_speed_bytes", "Network device property: speed_bytes", unit: .bytes, use: parity)
    package static let transmitQueueLength = Family<Gauge, Device>(
      "node_network_transmit_queue_length", "Network device property: transmit_queue_length", use: parity)
    package static let protocolType = Family<Gauge, Device>(
      "node_network_protocol_type", "Network device property: protocol_type", use: parity)

    package static let all: [FamilyDescriptor] = [
      up.descriptor, info.descriptor, carrierChanges.descriptor, carrierUpChanges.descriptor,
      carrierDownChanges.descriptor, addressAssignType.descriptor, carrier.descriptor, deviceID.descriptor,
      dormant.descriptor, flags.descriptor, interfaceID.descriptor, interfaceLink.descriptor,
      interfaceLinkMode.descriptor, mtu.descriptor, nameAssignType.descriptor, deviceGroup.descriptor,
      speed.descriptor, transmitQueueLength.descriptor, protocolType.descriptor,
    ]
  }
}
