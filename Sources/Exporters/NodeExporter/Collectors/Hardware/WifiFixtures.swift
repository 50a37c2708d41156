/// Files that stand in for the kernel's wireless interface in tests: `interfaces.json`, and below each interface's name
/// `bss.json` and `stationinfo.json`, as Go encodes github.com/mdlayher/wifi's types.
struct WifiFixtures {
  private let folder: String
  private let host: NodeHost

  init(_ folder: String, _ host: NodeHost) {
    self.folder = folder
    self.host = host
  }

  func interfaces() throws -> [WifiInterface] {
    try FixtureRecord.list("\(folder)/interfaces.json", on: host).map { record in
      var interface = WifiInterface()
      interface.name = record.text("name")
      interface.megahertz = record.number("frequency")
      let own = "\(folder)/\(interface.name)"
      if let bss = try? FixtureRecord.value("\(own)/bss.json", on: host) {
        let bss = FixtureRecord(bss)
        interface.accessPoint = WifiAccessPoint(
          bssid: Self.base64(bss.text("bssid")), ssid: bss.text("ssid"),
          status: Int(exactly: bss.number("status")) ?? -1)
      }
      let stations = try? FixtureRecord.list("\(own)/stationinfo.json", on: host)
      interface.stations = (stations ?? []).map(Self.station)
      return interface
    }
  }

  private static func station(_ record: FixtureRecord) -> WifiStation {
    var station = WifiStation()
    station.address = hardwareAddress(base64(record.text("hardwareaddr")))
    // Durations are nanoseconds.
    station.connectedSeconds = record.number("connected") / 1e9
    station.inactiveSeconds = record.number("inactive") / 1e9
    station.receiveBitrate = record.number("receivebitrate")
    station.transmitBitrate = record.number("transmitbitrate")
    station.receivedBytes = record.number("receivedbytes")
    station.transmittedBytes = record.number("transmittedbytes")
    station.signal = record.number("signal")
    station.transmitRetries = record.number("transmitretries")
    station.transmitFailed = record.number("transmitfailed")
    station.beaconLoss = record.number("beaconloss")
    station.transmittedPackets = record.number("transmittedpackets")
    station.receivedPackets = record.number("receivedpackets")
    return station
  }

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// RFC 4648 §4; ends at the first other character.
  private static func base64(_ text: String) -> [UInt8] {
    var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
    for character in text.utf8 {
      guard let digit = digits.firstIndex(of: character) else { break }
      bits = bits << 6 | UInt32(digit)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }
}
