import ExporterKit

/// The kernel's wireless interface over generic netlink (linux/nl80211.h): three kinds of questions.
struct NL80211: ~Copyable {
  private let session: NetlinkSession
  private let family: UInt16

  private static let name = Array("nl80211".utf8) + [0]
  /// GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME of linux/genetlink.h.
  private static let (controller, getFamily, familyID, familyName) = (UInt16(16), UInt8(3), 1, 2)
  /// Command and version, then two bytes that nobody uses.
  private static let headBytes = 4
  private static let (getInterface, getStation, getScan) = (UInt8(5), UInt8(17), UInt8(32))

  /// - Throws: ENOENT where the kernel has no wireless stack.
  init(_ host: NodeHost) throws(HostError) {
    let session = try NetlinkSession(.generic, on: host)
    var request = NetlinkRequest(Self.controller, isDump: false, head: [Self.getFamily, 1, 0, 0])
    request.append(Self.familyName, Self.name)
    var found: UInt16 = 0
    try session.ask(request) { message in
      message.part(Self.headBytes..<message.count).forEachAttribute { kind, value in
        if kind == Self.familyID { found = UInt16(truncatingIfNeeded: value.littleEndian) }
      }
    }
    family = found
    self.session = session
  }

  func interfaces() throws(HostError) -> [WifiInterface] {
    var found: [WifiInterface] = []
    try ask(Self.getInterface) { found.append(WifiInterface($0)) }
    for index in found.indices {
      var (point, stations): (WifiAccessPoint?, [WifiStation]) = (nil, [])
      try ask(Self.getScan, of: found[index]) { point = point ?? WifiAccessPoint($0) }
      try ask(Self.getStation, of: found[index]) { stations.append(WifiStation($0)) }
      (found[index].accessPoint, found[index].stations) = (point, stations)
    }
    return found
  }

  private static let (interfaceIndex, hardwareAddress) = (3, 6)

  private func ask(
    _ command: UInt8, of interface: WifiInterface? = nil, _ attributes: (Bytes) -> Void
  ) throws(HostError) {
    var request = NetlinkRequest(family, isDump: true, head: [command, 1, 0, 0])
    if let interface {
      request.append(Self.interfaceIndex, withUnsafeBytes(of: interface.index.littleEndian) { Array($0) })
      if !interface.address.isEmpty { request.append(Self.hardwareAddress, interface.address) }
    }
    do {
      try session.ask(request) { attributes($0.part(Self.headBytes..<$0.count)) }
    } catch  where interface != nil && error.isRefusal {
      // An interface that is down, or of a kind that has no stations, or gone.
    }
  }
}

extension WifiInterface {
  /// From NL80211_ATTR_IFINDEX, _IFNAME, _MAC and _WIPHY_FREQ.
  init(_ attributes: Bytes) {
    var found = WifiInterface()
    attributes.forEachAttribute { kind, value in
      switch kind {
      case 3: found.index = UInt32(truncatingIfNeeded: value.littleEndian)
      case 4: found.name = value.terminated
      case 6: found.address = (0..<value.count).map { value[$0] }
      case 38: found.megahertz = Double(value.littleEndian)
      default: break
      }
    }
    self = found
  }
}

extension WifiAccessPoint {
  /// From NL80211_ATTR_BSS; nil where the interface is not joined to it (no NL80211_BSS_STATUS).
  init?(_ attributes: Bytes) {
    var (bssid, ssid, status): ([UInt8], String, Int?) = ([], "", nil)
    attributes.forEachAttribute { kind, value in
      guard kind == 47 else { return }
      value.forEachAttribute { kind, value in
        switch kind {
        case 1: bssid = (0..<value.count).map { value[$0] }
        case 6: ssid = Self.ssid(value)
        case 9: status = Int(truncatingIfNeeded: value.littleEndian)
        default: break
        }
      }
    }
    guard let status else { return nil }
    self.init(bssid: bssid, ssid: ssid, status: status)
  }

  /// The information element 0 (IEEE 802.11 §9.4.2.2): identifier, length, value.
  private static func ssid(_ elements: Bytes) -> String {
    var start = 0
    while start + 2 <= elements.count {
      let end = start + 2 + Int(elements[start + 1])
      if elements[start] == 0 { return elements.part(start + 2..<end).string }
      start = end
    }
    return ""
  }
}

extension WifiStation {
  /// From NL80211_ATTR_MAC and NL80211_ATTR_STA_INFO.
  init(_ attributes: Bytes) {
    var found = WifiStation()
    attributes.forEachAttribute { kind, value in
      if kind == 6 { found.address = hardwareAddress((0..<value.count).map { value[$0] }) }
      if kind == 21 { value.forEachAttribute { found.set($0, $1) } }
    }
    self = found
  }

  /// `enum nl80211_sta_info`. The byte counts come in 32 bits and, from newer kernels, behind them in 64.
  private mutating func set(_ kind: Int, _ value: Bytes) {
    let number = Double(value.littleEndian)
    switch kind {
    case 1: inactiveSeconds = number / 1000
    case 2, 23: receivedBytes = number
    case 3, 24: transmittedBytes = number
    case 7: signal = Double(Int8(bitPattern: value[0]))
    case 8: transmitBitrate = Self.bitrate(value)
    case 9: receivedPackets = number
    case 10: transmittedPackets = number
    case 11: transmitRetries = number
    case 12: transmitFailed = number
    case 14: receiveBitrate = Self.bitrate(value)
    case 16: connectedSeconds = number
    case 18: beaconLoss = number
    default: break
    }
  }

  /// NL80211_RATE_INFO_BITRATE (16 bits) or _BITRATE32, in units of 100 kbit/s.
  private static func bitrate(_ attributes: Bytes) -> Double {
    var rate: UInt64 = 0
    attributes.forEachAttribute { kind, value in
      if kind == 5 || (kind == 1 && rate == 0) { rate = value.littleEndian }
    }
    return Double(rate) * 100_000
  }
}
