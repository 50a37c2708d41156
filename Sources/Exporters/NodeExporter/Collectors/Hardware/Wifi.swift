import Catalog
import ExporterKit
import Glibc
import MetricModel
import Telemetry

/// `node_wifi_*`: wireless interfaces, the access point that each is joined to, and the stations that it hears, over
/// nl80211. Three system calls where the kernel has no wireless stack.
struct WifiCollector: NodeCollector {
  let name = "wifi"
  let isDefault = false
  let help = "Interfaces inalámbricas y sus estaciones."

  private static let fixtures = Flag(
    "collector.wifi.fixtures", placeholder: "DIR",
    "Lee archivos JSON de ahí en lugar de preguntar al núcleo; para pruebas.")
  static let flags = [fixtures]

  private let fixtures: String?

  init(_ flags: FlagValues) { fixtures = flags.text(Self.fixtures) }

  func read(_ host: NodeHost, into batch: inout SampleBatch) throws {
    for interface in try fixtures.map({ try WifiFixtures($0, host).interfaces() }) ?? Self.interfaces(host) {
      // Monitors and peer-to-peer devices have no name.
      guard !interface.name.isEmpty else { continue }
      batch.add(Host.Wifi.frequency, .init(interface.name), interface.megahertz * 1e6)
      if let point = interface.accessPoint {
        let labels = Host.Wifi.InfoLabels(interface.name, bssid: point.bssid, ssid: point.ssid, mode: point.mode)
        batch.add(Host.Wifi.info, labels, 1)
      }
      for station in interface.stations {
        let labels = Host.Wifi.Station(.init(interface.name), .init(station.address))
        for (family, value) in station.totals { batch.add(family, labels, value) }
        for (family, value) in station.levels { batch.add(family, labels, value) }
      }
    }
  }

  private static func interfaces(_ host: NodeHost) throws -> [WifiInterface] {
    do {
      return try NL80211(host).interfaces()
    } catch  where [ENOENT, EPERM, EACCES, EPROTONOSUPPORT, EAFNOSUPPORT].contains(error.code) {
      throw NothingToRead("nl80211")
    }
  }
}

/// A wireless interface with what it is joined to.
struct WifiInterface {
  var index: UInt32 = 0
  var name = ""
  var address: [UInt8] = []
  var megahertz = 0.0
  var accessPoint: WifiAccessPoint?
  var stations: [WifiStation] = []
}

struct WifiAccessPoint {
  let bssid: String
  let ssid: String
  let mode: String

  /// - Parameter status: NL80211_BSS_STATUS_AUTHENTICATED, ASSOCIATED or IBSS_JOINED.
  init(bssid: [UInt8], ssid: String, status: Int) {
    self.bssid = hardwareAddress(bssid)
    self.ssid = ssid
    mode =
      switch status {
      case 0, 1: "client"
      case 2: "ad-hoc"
      default: "unknown"
      }
  }
}

struct WifiStation {
  var address = ""
  var connectedSeconds = 0.0
  var inactiveSeconds = 0.0
  var receiveBitrate = 0.0
  var transmitBitrate = 0.0
  var receivedBytes = 0.0
  var transmittedBytes = 0.0
  var signal = 0.0
  var transmitRetries = 0.0
  var transmitFailed = 0.0
  var beaconLoss = 0.0
  var transmittedPackets = 0.0
  var receivedPackets = 0.0

  fileprivate var totals: [(Family<Counter, Host.Wifi.Station>, Double)] {
    [
      (Host.Wifi.connected, connectedSeconds), (Host.Wifi.receivedBytes, receivedBytes),
      (Host.Wifi.transmittedBytes, transmittedBytes), (Host.Wifi.transmitRetries, transmitRetries),
      (Host.Wifi.transmitFailed, transmitFailed), (Host.Wifi.beaconLoss, beaconLoss),
      (Host.Wifi.transmittedPackets, transmittedPackets), (Host.Wifi.receivedPackets, receivedPackets),
    ]
  }

  fileprivate var levels: [(Family<Gauge, Host.Wifi.Station>, Double)] {
    [
      (Host.Wifi.inactive, inactiveSeconds), (Host.Wifi.receiveBitrate, receiveBitrate),
      (Host.Wifi.transmitBitrate, transmitBitrate), (Host.Wifi.signal, signal),
    ]
  }
}

/// In hexadecimal with colons.
func hardwareAddress(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
}
