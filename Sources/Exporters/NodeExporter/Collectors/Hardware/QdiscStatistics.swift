import ExporterKit
import Glibc

/// What one queueing discipline has done.
struct QdiscStatistics {
  private(set) var device = ""
  private(set) var kind = ""
  private(set) var isRoot = true
  private(set) var bytes = 0.0
  private(set) var packets = 0.0
  private(set) var drops = 0.0
  private(set) var requeues = 0.0
  private(set) var overlimits = 0.0
  private(set) var queueLength = 0.0
  private(set) var backlog = 0.0

  /// RTM_GETQDISC, linux/rtnetlink.h.
  private static let get: UInt16 = 38
  /// `struct tcmsg`: family, interface's index, handle, parent, info.
  private static let headBytes = 20

  static func all(_ host: NodeHost) throws(HostError) -> [QdiscStatistics] {
    let session = try NetlinkSession(.route, on: host)
    var found: [QdiscStatistics] = []
    let request = NetlinkRequest(get, isDump: true, head: [UInt8](repeating: 0, count: headBytes))
    try session.ask(request) { message in
      if let qdisc = QdiscStatistics(message, deviceName: interfaceName) { found.append(qdisc) }
    }
    return found
  }

  private static func interfaceName(_ index: UInt32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(IF_NAMESIZE)) { buffer in
      guard let start = buffer.baseAddress, if_indextoname(index, start) != nil else { return nil }
      return String(cString: start)
    }
  }

  private static let (tcaKind, tcaStats2) = (1, 7)
  private static let (statsBasic, statsQueue) = (1, 3)

  /// From a message of the kernel's; nil for a short one, and for an interface that has gone.
  init?(_ message: Bytes, deviceName: (UInt32) -> String?) {
    guard message.count >= Self.headBytes,
      let device = deviceName(UInt32(message.littleEndian(at: 4, bytes: 4)))
    else { return nil }
    self.device = device
    let parent = message.littleEndian(at: 12, bytes: 4)
    // TC_H_ROOT, or nothing.
    isRoot = parent == 0 || parent == 0xffff_ffff
    var (kind, statistics) = ("", self)
    message.part(Self.headBytes..<message.count).forEachAttribute { attribute, value in
      if attribute == Self.tcaKind { kind = value.terminated }
      if attribute == Self.tcaStats2 { value.forEachAttribute { statistics.set($0, $1) } }
    }
    self = statistics
    self.kind = kind
  }

  /// `struct gnet_stats_basic` and `struct gnet_stats_queue` of linux/gen_stats.h.
  private mutating func set(_ attribute: Int, _ value: Bytes) {
    if attribute == Self.statsBasic {
      bytes = Double(value.littleEndian(at: 0, bytes: 8))
      packets = Double(value.littleEndian(at: 8, bytes: 4))
    } else if attribute == Self.statsQueue {
      queueLength = Double(value.littleEndian(at: 0, bytes: 4))
      backlog = Double(value.littleEndian(at: 4, bytes: 4))
      drops = Double(value.littleEndian(at: 8, bytes: 4))
      requeues = Double(value.littleEndian(at: 12, bytes: 4))
      overlimits = Double(value.littleEndian(at: 16, bytes: 4))
    }
  }

  /// From the file that stands in for the kernel in tests.
  static func all(in fixtures: String, _ host: NodeHost) throws -> [QdiscStatistics] {
    try FixtureRecord.list("\(fixtures)/results.json", on: host).map { QdiscStatistics($0) }
  }

  private init(_ record: FixtureRecord) {
    device = record.text("ifacename")
    kind = record.text("kind")
    isRoot = record.number("parent") == 0
    bytes = record.number("bytes")
    packets = record.number("packets")
    drops = record.number("drops")
    requeues = record.number("requeues")
    overlimits = record.number("overlimits")
    queueLength = record.number("qlen")
    backlog = record.number("backlog")
  }
}
