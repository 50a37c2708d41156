import Glibc

/// The network devices as rtnetlink(7) lists them: index, name and 64-bit statistics of each, in one question.
enum NetworkLinks {
  struct Link {
    let index: Int32
    let name: String
    /// struct rtnl_link_stats64: numbers of eight bytes; empty where the kernel said none.
    let statistics: Bytes
  }

  private static let getLink: UInt16 = 18
  private static let infoBytes = 16
  private static let nameAttribute: UInt16 = 3
  private static let statisticsAttribute: UInt16 = 23

  /// - Parameter body: may keep nothing of the statistics.
  static func forEach(_ host: NodeHost, _ body: (Link) -> Void) throws {
    let anyFamily = [UInt8](repeating: 0, count: infoBytes)
    try Netlink.dump(.route, type: getLink, body: anyFamily, host) { message in
      // struct ifinfomsg: family, padding, type, index, flags, change.
      guard let index = message.payload.native(Int32.self, at: 4) else { return }
      var (name, statistics) = ("", message.payload.part(0..<0))
      Netlink.forEachAttribute(message.payload, from: infoBytes) { type, value in
        if type == nameAttribute { name = value.part(0..<(value.firstIndex(of: 0) ?? value.count)).string }
        if type == statisticsAttribute { statistics = value }
      }
      if !name.isEmpty { body(Link(index: index, name: name, statistics: statistics)) }
    }
  }

  static func names(_ host: NodeHost) throws -> [Int32: String] {
    var names: [Int32: String] = [:]
    try forEach(host) { names[$0.index] = $0.name }
    return names
  }
}
