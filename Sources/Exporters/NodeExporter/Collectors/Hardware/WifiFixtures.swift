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
    let path = "\(folder)/interfaces.json"
    guard let list = try host.withBytes(of: path, { JSONValue($0) }) else { throw HostFormatError(path, "is no JSON") }
    return list.elements.map { json in
      var interface = WifiInterface()
      interface.name = json["name"].text
      interface.megahertz = json["frequency"].double
      interface.accessPoint = read("\(interface.name)/bss.json").map { bss in
        WifiAccessPoint(
          bssid: Self.base64(bss["bssid"].text), ssid: bss["ssid"].text,
          status: Int(exactly: bss["status"].double) ?? -1)
      }
      interface.stations = read("\(interface.name)/stationinfo.json")?.elements.map(Self.station) ?? []
      return interface
    }
  }

  private func read(_ file: String) -> JSONValue? {
    (try? host.withBytes(of: "\(folder)/\(file)") { JSONValue($0) }) ?? nil
  }

  private static func station(_ json: JSONValue) -> WifiStation {
    var station = WifiStation()
    station.address = hardwareAddress(base64(json["hardwareaddr"].text))
    // Durations are nanoseconds.
    station.connectedSeconds = json["connected"].double / 1e9
    station.inactiveSeconds = json["inactive"].double / 1e9
    station.receiveBitrate = json["receivebitrate"].double
    station.transmitBitrate = json["transmitbitrate"].double
    station.receivedBytes = json["receivedbytes"].double
    station.transmittedBytes = json["transmittedbytes"].double
    station.signal = json["signal"].double
    station.transmitRetries = json["transmitretries"].double
    station.transmitFailed = json["transmitfailed"].double
    station.beaconLoss = json["beaconloss"].double
    station.transmittedPackets = json["transmittedpackets"].double
    station.receivedPackets = json["receivedpackets"].double
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
