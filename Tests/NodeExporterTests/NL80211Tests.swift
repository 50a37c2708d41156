import ExporterKit
import Testing

@testable import NodeExporter

/// Messages laid out by hand as linux/nl80211.h has them: no machine of ours has a wireless card.
@Suite("nl80211")
struct NL80211Tests {
  private static func attribute(_ kind: UInt16, _ value: [UInt8]) -> [UInt8] {
    let length = value.count + 4
    let padding = [UInt8](repeating: 0, count: (4 - length % 4) % 4)
    return [UInt8(length & 255), UInt8(length >> 8), UInt8(kind & 255), UInt8(kind >> 8)] + value + padding
  }

  private func read<Result>(_ message: [UInt8], _ body: (Bytes) -> Result) -> Result {
    message.withUnsafeBytes { body(Bytes($0)) }
  }

  private static let interface =
    attribute(3, [5, 0, 0, 0]) + attribute(4, Array("wlan0".utf8) + [0]) + attribute(6, [2, 0, 0, 0, 0, 9])
    + attribute(38, [0x3c, 0x14, 0, 0])

  @Test("an interface")
  func interface() {
    let interface = read(Self.interface) { WifiInterface($0) }
    #expect(interface.index == 5)
    #expect(interface.name == "wlan0")
    #expect(interface.address == [2, 0, 0, 0, 0, 9])
    #expect(interface.megahertz == 5180)
  }

  private static func point(status: [UInt8]?) -> [UInt8] {
    // Rates come before the name here.
    let elements: [UInt8] = [1, 2, 0x82, 0x84, 0, 4] + Array("casa".utf8) + [3, 1, 6]
    return attribute(
      0x802f,
      attribute(1, [0xaa, 0xbb, 0xcc, 0, 1, 2]) + attribute(6, elements) + (status.map { attribute(9, $0) } ?? []))
  }

  @Test("an access point that the interface has joined, and one that it only hears")
  func accessPoint() throws {
    let point = try #require(read(Self.point(status: [1, 0, 0, 0])) { WifiAccessPoint($0) })
    #expect(point.bssid == "aa:bb:cc:00:01:02")
    #expect(point.ssid == "casa")
    #expect(point.mode == "client")
    #expect(read(Self.point(status: [2, 0, 0, 0])) { WifiAccessPoint($0) }?.mode == "ad-hoc")
    #expect(read(Self.point(status: [9, 0, 0, 0])) { WifiAccessPoint($0) }?.mode == "unknown")
    #expect(read(Self.point(status: nil)) { WifiAccessPoint($0) } == nil)
  }

  private static let station =
    attribute(6, [2, 2, 2, 2, 2, 2])
    + attribute(
      0x8015,
      attribute(1, [0xe8, 3, 0, 0]) + attribute(2, [1, 0, 0, 0]) + attribute(23, [0, 0, 0, 0, 1, 0, 0, 0])
        + attribute(7, [0xc4]) + attribute(8, attribute(1, [0xff, 0xff]) + attribute(5, [0x80, 0x96, 0x98, 0]))
        + attribute(14, attribute(1, [0x3c, 0])) + attribute(16, [60, 0, 0, 0]) + attribute(18, [3, 0, 0, 0]))

  @Test("a station: the wider of two numbers counts, whichever is there")
  func station() {
    let station = read(Self.station) { WifiStation($0) }
    #expect(station.address == "02:02:02:02:02:02")
    #expect(station.inactiveSeconds == 1)
    #expect(station.receivedBytes == 4_294_967_296)
    #expect(station.signal == -60)
    #expect(station.transmitBitrate == 1e12)
    #expect(station.receiveBitrate == 6e6)
    #expect(station.connectedSeconds == 60)
    #expect(station.beaconLoss == 3)
  }

  @Test("messages that are cut or whose lengths lie do no harm")
  func damaged() {
    var generator = DamageGenerator(for: "nl80211")
    for whole in [Self.interface, Self.point(status: [1, 0, 0, 0]), Self.station] {
      for _ in 0..<500 {
        let message = generator.damaged(whole)
        _ = read(message) { (WifiInterface($0), WifiAccessPoint($0), WifiStation($0)) }
      }
    }
  }
}
