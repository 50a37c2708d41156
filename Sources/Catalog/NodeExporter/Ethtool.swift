import MetricModel

extension Host {
  /// What drivers of network interfaces say about link and traffic. The statistics' names are the drivers' own.
  package enum Ethtool {
    package enum DeviceKey: LabelKey { package static let name = "device" }
    package typealias Device = OpenValue<DeviceKey>
    package enum TypeKey: LabelKey { package static let name = "type" }
    package typealias Port = Pair<Device, OpenValue<TypeKey>>

    package struct InfoLabels: LabelSet {
      package static let labelNames = [
        "bus_info", "device", "driver", "expansion_rom_version", "firmware_version", "version",
      ]
      package let labelValues: [String]
      package init(
        busInfo: String, device: String, driver: String, expansionROMVersion: String, firmwareVersion: String,
        version: String
      ) {
        labelValues = [busInfo, device, driver, expansionROMVersion, firmwareVersion, version]
      }
    }

    package struct ModeLabels: LabelSet {
      package static let labelNames = ["device", "duplex", "mode"]
      package let labelValues: [String]
      package init(_ device: String, duplex: String, mode: String) { labelValues = [device, duplex, mode] }
    }

    package static let info = Family<Gauge, InfoLabels>(
      "node_ethtool_info",
      "A metric with a constant '1' value labeled by bus_info, device, driver, expansion_rom_version, "
        + "firmware_version, version.",
      use: parity)
    package static let supportedPort = Family<Gauge, Port>(
      "node_network_supported_port_info", "Type of ports or PHYs supported by network device", use: parity)
    package static let supportedSpeed = Family<Gauge, ModeLabels>(
      "node_network_supported_speed_bytes", "Combination of speeds and features supported by network device",
      unit: .bytes, use: parity)
    package static let supportsAutonegotiation = Family<Gauge, Device>(
      "node_network_autonegotiate_supported", "If this port device supports autonegotiate", use: parity)
    package static let supportsPause = Family<Gauge, Device>(
      "node_network_pause_supported", "If this port device supports pause frames", use: parity)
    package static let supportsAsymmetricPause = Family<Gauge, Device>(
      "node_network_asymmetricpause_supported", "If this port device supports asymmetric pause frames", use: parity)
    package static let advertisedSpeed = Family<Gauge, ModeLabels>(
      "node_network_advertised_speed_bytes", "Combination of speeds and features offered by network device",
      unit: .bytes, use: parity)
    package static let advertisesAutonegotiation = Family<Gauge, Device>(
      "node_network_autonegotiate_advertised", "If this port device offers autonegotiate", use: parity)
    package static let advertisesPause = Family<Gauge, Device>(
      "node_network_pause_advertised", "If this port device offers pause capability", use: parity)
    package static let advertisesAsymmetricPause = Family<Gauge, Device>(
      "node_network_asymmetricpause_advertised", "If this port device offers asymmetric pause capability",
      use: parity)
    package static let autonegotiates = Family<Gauge, Device>(
      "node_network_autonegotiate", "If this port is using autonegotiate", use: parity)

    /// What every statistic's name begins with.
    package static let prefix = "node_ethtool_"

    /// Statistics that most drivers have, by the driver's name.
    private static let common: [String: (name: String, help: String)] = [
      "rx_bytes": ("received_bytes_total", "Network interface bytes received"),
      "rx_dropped": ("received_dropped_total", "Number of received frames dropped"),
      "rx_errors": ("received_errors_total", "Number of received frames with errors"),
      "rx_packets": ("received_packets_total", "Network interface packets received"),
      "tx_bytes": ("transmitted_bytes_total", "Network interface bytes sent"),
      "tx_errors": ("transmitted_errors_total", "Number of sent frames with errors"),
      "tx_packets": ("transmitted_packets_total", "Network interface packets sent"),
    ]

    /// - Parameters:
    ///   - statistic: as the driver calls it, in the alphabet of metric names.
    ///   - name: behind the prefix, where the statistic is none of the common ones.
    package static func family(of statistic: String, name: String) -> FamilyDescriptor {
      let (name, help) = common[statistic] ?? (name, "Network interface \(statistic)")
      return FamilyDescriptor(
        name: prefix + name, help: help, kind: .unknown, labelNames: [DeviceKey.name], use: parity)
    }

    package static let all: [FamilyDescriptor] = [
      info.descriptor, supportedPort.descriptor, supportedSpeed.descriptor, supportsAutonegotiation.descriptor,
      supportsPause.descriptor, supportsAsymmetricPause.descriptor, advertisedSpeed.descriptor,
      advertisesAutonegotiation.descriptor, advertisesPause.descriptor, advertisesAsymmetricPause.descriptor,
      autonegotiates.descriptor,
    ]
  }
}
