import ExporterKit
import Glibc

/// The network devices as rtnetlink(7) lists them: index, name and 64-bit statistics of each, in one question.
enum NetworkLinks {
  struct Link {
    let index: UInt64
    let name: String
    /// struct rtnl_link_stats64: numbers of eight bytes; empty where the kernel said none.
    let statistics: Bytes
  }

  private static let getLink: UInt16 = 18
  private static let infoBytes = 16
  private static let nameAttribute = 3
  private static let statisticsAttribute = 23

  /// - Parameter body: may keep nothing of the statistics.
  static func forEach(_ host: NodeHost, _ body: (Link) -> Void) throws {
    let session = try NetlinkSession(.route, on: host)
    let anyFamily = [UInt8](repeating: 0, count: infoBytes)
    try session.ask(NetlinkRequest(getLink, isDump: true, head: anyFamily)) { message in
      // struct ifinfomsg: family, padding, type, index, flags, change.
      let index = message.littleEndian(at: 4, bytes: 4)
      var (name, statistics) = ("", message.part(0..<0))
      message.part(infoBytes..<max(infoBytes, message.count)).forEachAttribute { kind, value in
        if kind == nameAttribute { name = value.terminated }
        if kind == statisticsAttribute { statistics = value }
      }
      if !name.isEmpty { body(Link(index: index, name: name, statistics: statistics)) }
    }
  }

  /// Of one device, without a list of all: netdevice(7), SIOCGIFNAME. nil where it is gone.
  static func name(_ index: UInt64) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(IF_NAMESIZE)) { buffer in
      guard let index = UInt32(exactly: index), let start = buffer.baseAddress else { return nil }
      return if_indextoname(index, start).map { String(cString: $0) }
    }
  }

  static func names(_ host: NodeHost) throws -> [UInt64: String] {
    var names: [UInt64: String] = [:]
    try forEach(host) { names[$0.index] = $0.name }
    return names
  }
}
