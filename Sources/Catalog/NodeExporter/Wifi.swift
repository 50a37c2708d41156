import MetricModel

extension Host {
  /// Wireless interfaces and the stations that they talk to.
  package enum Wifi {
    package enum DeviceKey: LabelKey { package static let name = "device" }
    package typealias Device = OpenValue<DeviceKey>
    package enum AddressKey: LabelKey { package static let name = "mac_address" }
    package typealias Station = Pair<Device, OpenValue<AddressKey>>

    package struct InfoLabels: LabelSet {
      package static let labelNames = ["device", "bssid", "ssid", "mode"]
      package let labelValues: [String]
      package init(_ device: String, bssid: String, ssid: String, mode: String) {
        labelValues = [device, bssid, ssid, mode]
      }
    }

    package static let frequency = Family<Gauge, Device>(
      "node_wifi_interface_frequency_hertz",
      "The current frequency a WiFi interface is operating at, in hertz.", use: parity)
    package static let info = Family<Gauge, InfoLabels>(
      "node_wifi_station_info",
      "Labeled WiFi interface station information as provided by the operating system.", use: parity)
    package static let connected = Family<Counter, Station>(
      "node_wifi_station_connected_seconds_total",
      "The total number of seconds a station has been connected to an access point.", unit: .seconds, use: parity)
    package static let inactive = Family<Gauge, Station>(
      "node_wifi_station_inactive_seconds",
      "The number of seconds since any wireless activity has occurred on a station.", unit: .seconds, use: parity)
    package static let receiveBitrate = Family<Gauge, Station>(
      "node_wifi_station_receive_bits_per_second",
      "The current WiFi receive bitrate of a station, in bits per second.", use: parity)
    package static let transmitBitrate = Family<Gauge, Station>(
      "node_wifi_station_transmit_bits_per_second",
      "The current WiFi transmit bitrate of a station, in bits per second.", use: parity)
    package static let receivedBytes = Family<Counter, Station>(
      "node_wifi_station_receive_bytes_total", "The total number of bytes received by a WiFi station.", unit: .bytes,
      use: parity)
    package static let transmittedBytes = Family<Counter, Station>(
      "node_wifi_station_transmit_bytes_total", "The total number of bytes transmitted by a WiFi station.",
      unit: .bytes, use: parity)
    package static let signal = Family<Gauge, Station>(
      "node_wifi_station_signal_dbm", "The current WiFi signal strength, in decibel-milliwatts (dBm).", use: parity)
    package static let transmitRetries = Family<Counter, Station>(
      "node_wifi_station_transmit_retries_total",
      "The total number of times a station has had to retry while sending a packet.", use: parity)
    package static let transmitFailed = Family<Counter, Station>(
      "node_wifi_station_transmit_failed_total",
      "The total number of times a station has failed to send a packet.", use: parity)
    package static let beaconLoss = Family<Counter, Station>(
      "node_wifi_station_beacon_loss_total",
      "The total number of times a station has detected a beacon loss.", use: parity)
    package static let transmittedPackets = Family<Counter, Station>(
      "node_wifi_station_transmitted_packets_total", "The total number of packets transmitted by a station.",
      use: parity)
    package static let receivedPackets = Family<Counter, Station>(
      "node_wifi_station_received_packets_total", "The total number of packets received by a station.", use: parity)

    package static let all: [FamilyDescriptor] = [
      frequency.descriptor, info.descriptor, connected.descriptor, inactive.descriptor, receiveBitrate.descriptor,
      transmitBitrate.descriptor, receivedBytes.descriptor, transmittedBytes.descriptor, signal.descriptor,
      transmitRetries.descriptor, transmitFailed.descriptor, beaconLoss.descriptor, transmittedPackets.descriptor,
      receivedPackets.descriptor,
    ]
  }
}
