import MetricModel

extension Host {
  /// Traffic of the network devices, rtnetlink(7) or `/proc/net/dev`.
  package enum Netdev {
    package struct AddressLabels: LabelSet {
      package static let labelNames = [Device.labelName, "address", "netmask", "scope"]
      package let labelValues: [String]
      package init(device: String, address: String, netmask: String, scope: String) {
        labelValues = [device, address, netmask, scope]
      }
    }

    package static let receiveBytes = Family<Counter, Device>(
      "node_network_receive_bytes_total", "Network device statistic receive_bytes.", unit: .bytes)
    package static let transmitBytes = Family<Counter, Device>(
      "node_network_transmit_bytes_total", "Network device statistic transmit_bytes.", unit: .bytes)
    package static let addressInfo = Family<Gauge, AddressLabels>(
      "node_network_address_info", "node network address by device", use: parity)

    /// The other statistics have the shape of the first two. With `--collector.netdev.label-ifalias` all have another
    /// label, so that they are built from the flag.
    /// - Parameter statistic: for example `receive_errs`.
    package static func family(_ statistic: String, hasAlias: Bool) -> FamilyDescriptor {
      FamilyDescriptor(
        name: "node_network_\(statistic)_total", help: "Network device statistic \(statistic).", kind: .counter,
        unit: statistic.hasSuffix("_bytes") ? .bytes : nil,
        labelNames: hasAlias ? Device.labelNames + ["ifalias"] : Device.labelNames, use: parity)
    }

    package static let all: [FamilyDescriptor] = [
      receiveBytes.descriptor, transmitBytes.descriptor, addressInfo.descriptor,
    ]
  }
}
