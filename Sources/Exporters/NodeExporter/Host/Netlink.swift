import ExporterKit
import Glibc

/// One question to the kernel through netlink(7) that it answers with a dump: a list of messages. A socket is opened and
/// closed for each; the kernel answers from memory, without waiting.
package struct Netlink: Sendable {
  /// As netlink(7) lists them.
  package enum Family: Int32, Sendable {
    /// Links, addresses, neighbours, routes: rtnetlink(7).
    case route = 0
    /// Sockets: sock_diag(7).
    case socketDiagnostics = 4
  }

  /// One message of the answer, without its header.
  package struct Message {
    package let type: UInt16
    package let payload: Bytes
  }

  /// linux/netlink.h.
  private static let requestFlag: UInt16 = 0x1
  private static let dumpFlags: UInt16 = 0x300
  private static let errorType: UInt16 = 2
  private static let doneType: UInt16 = 3
  private static let headerBytes = 16
  /// The kernel fills at most so much at a time.
  private static let receiveBytes = 64 << 10
  /// Past this an answer is given up: 64 MiB are some 200,000 neighbours or sockets.
  private static let maximumAnswerBytes = 64 << 20
  /// Nothing but a kernel that is ill takes longer.
  private static let receiveTimeoutSeconds = 5

  private let descriptor: Int32
  private let name: String

  /// - Throws: `HostError` where the system or a sandbox has no such sockets.
  package static func dump(
    _ family: Family, type: UInt16, body: [UInt8], _ host: NodeHost, each: (Message) throws -> Void
  ) throws {
    let netlink = try Netlink(family)
    defer { close(netlink.descriptor) }
    host.usage.addQueries(1)
    try netlink.send(type, body)
    try netlink.receive(host, each)
  }

  private init(_ family: Family) throws(HostError) {
    name = "netlink \(family)"
    descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), family.rawValue)
    guard descriptor >= 0 else { throw HostError(path: name, code: errno) }
    var limit = timeval(tv_sec: Self.receiveTimeoutSeconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  private func send(_ type: UInt16, _ body: [UInt8]) throws(HostError) {
    // struct nlmsghdr: length, type, flags, sequence, port.
    let message =
      Self.bytes(UInt32(Self.headerBytes + body.count)) + Self.bytes(type)
      + Self.bytes(Self.requestFlag | Self.dumpFlags) + Self.bytes(UInt32(1)) + Self.bytes(UInt32(0)) + body
    // Without a destination it goes to the kernel.
    guard Glibc.send(descriptor, message, message.count, 0) == message.count else {
      throw HostError(path: name, code: errno)
    }
  }

  private func receive(_ host: NodeHost, _ each: (Message) throws -> Void) throws {
    var buffer = [UInt8](repeating: 0, count: Self.receiveBytes)
    var total = 0
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        throw HostError(path: name, code: count < 0 ? errno : EIO)
      }
      total += count
      host.usage.addBytes(count)
      guard total <= Self.maximumAnswerBytes else { throw HostError(path: name, code: EFBIG) }
      let isDone = try buffer.withUnsafeBytes {
        try Self.forEachMessage(Bytes(UnsafeRawBufferPointer(rebasing: $0[..<count])), name, each)
      }
      if isDone { return }
    }
  }

  /// - Returns: whether the last one says that no more come.
  static func forEachMessage(_ bytes: Bytes, _ name: String, _ each: (Message) throws -> Void) throws -> Bool {
    var offset = 0
    while let length = bytes.native(UInt32.self, at: offset).map(Int.init), length >= headerBytes,
      length <= bytes.count - offset, let type = bytes.native(UInt16.self, at: offset + 4)
    {
      let payload = bytes.part(offset + headerBytes..<offset + length)
      if type == doneType { return true }
      if type == errorType {
        // struct nlmsgerr begins with the negative errno; 0 is an acknowledgement.
        let code = payload.native(Int32.self, at: 0) ?? 0
        if code != 0 { throw HostError(path: name, code: 0 &- code) }
      }
      try each(Message(type: type, payload: payload))
      offset += (length + 3) & ~3
    }
    return false
  }

  /// The attributes that follow a message's own structure: rtnetlink(7), struct rtattr.
  package static func forEachAttribute(_ bytes: Bytes, from start: Int, _ body: (UInt16, Bytes) -> Void) {
    var offset = start
    while let length = bytes.native(UInt16.self, at: offset).map(Int.init), length >= 4,
      length <= bytes.count - offset, let type = bytes.native(UInt16.self, at: offset + 2)
    {
      // The two highest bits are flags of the encoding.
      body(type & 0x3FFF, bytes.part(offset + 4..<offset + length))
      offset += (length + 3) & ~3
    }
  }

  package static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number) { Array($0) }
  }
}
