import ExporterKit
import Testing

@testable import NodeExporter

@Suite("wifi")
struct WifiTests {
  @Test("interfaces, the access point and the stations of a fixture")
  func fixtures() throws {
    let host = try HardwareHost([
      "f/interfaces.json": #"[{"Name": "wlp2s0", "Frequency": 5180}, {"Type": 10}, {"Name": "mon0"}]"#,
      // 02:00:00:00:00:ff and 0a:0b:0c:0d:0e:0f in base64.
      "f/wlp2s0/bss.json": #"{"SSID": "casa \"1\"", "BSSID": "AgAAAAD/", "Status": 2}"#,
      "f/wlp2s0/stationinfo.json": #"""
      [{"HardwareAddr": "CgsMDQ4P", "Connected": 90000000000, "Inactive": 250000000, "ReceiveBitrate": 866700000,
        "TransmitBitrate": 6000000, "ReceivedBytes": 1, "TransmittedBytes": 2, "Signal": -61, "TransmitRetries": 3,
        "TransmitFailed": 4, "BeaconLoss": 5, "TransmittedPackets": 6, "ReceivedPackets": 7}]
      """#,
    ])
    let series = try host.read(WifiCollector.self, "--collector.wifi.fixtures=\(host.path("f"))")
    let labels = "{device=\"wlp2s0\",mac_address=\"0a:0b:0c:0d:0e:0f\"}"
    #expect(
      series
        == [
          "node_wifi_interface_frequency_hertz{device=\"mon0\"} 0",
          "node_wifi_interface_frequency_hertz{device=\"wlp2s0\"} 5180000000",
          "node_wifi_station_beacon_loss_total\(labels) 5", "node_wifi_station_connected_seconds_total\(labels) 90",
          "node_wifi_station_inactive_seconds\(labels) 0.25",
          "node_wifi_station_info{device=\"wlp2s0\",bssid=\"02:00:00:00:00:ff\",ssid=\"casa \\\"1\\\"\","
            + "mode=\"ad-hoc\"} 1",
          "node_wifi_station_receive_bits_per_second\(labels) 866700000",
          "node_wifi_station_receive_bytes_total\(labels) 1",
          "node_wifi_station_received_packets_total\(labels) 7", "node_wifi_station_signal_dbm\(labels) -61",
          "node_wifi_station_transmit_bits_per_second\(labels) 6000000",
          "node_wifi_station_transmit_bytes_total\(labels) 2",
          "node_wifi_station_transmit_failed_total\(labels) 4", "node_wifi_station_transmit_retries_total\(labels) 3",
          "node_wifi_station_transmitted_packets_total\(labels) 6",
        ].sorted())
  }

  @Test("the kernel that runs this has wireless interfaces, or says that it has none")
  func live() throws {
    do {
      let series = try HardwareHost([:]).read(WifiCollector.self)
      #expect(series.allSatisfy { $0.hasPrefix("node_wifi_") })
    } catch is NothingToRead {}
  }
}
