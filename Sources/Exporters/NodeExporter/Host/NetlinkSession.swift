import ExporterKit
import Glibc

/// A conversation with the kernel over netlink(7): one question at a time, whose answer is a list of messages.
struct NetlinkSession: ~Copyable {
  /// What the kernel takes longer for than this is given up.
  private static let receiveSeconds = 2
  /// The kernel makes no message larger than its page or 32 KiB (netlink_dump).
  private static let messageBytes = 64 << 10
  /// Past this an answer is refused rather than kept on: 16 MiB.
  private static let answerBytes = 16 << 20

  private let descriptor: Int32
  private let usage: TargetUsage

  enum Family: Int32 {
    /// NETLINK_ROUTE, rtnetlink(7).
    case route = 0
    /// NETLINK_SOCK_DIAG, sock_diag(7).
    case socketDiagnostics = 4
    /// NETLINK_GENERIC: families that modules register by name.
    case generic = 16
  }

  init(_ family: Family, on host: NodeHost) throws(HostError) {
    let kind = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = socket(AF_NETLINK, kind, family.rawValue)
    usage = host.usage
    guard descriptor >= 0 else { throw HostError(path: "netlink", code: errno) }
    var limit = timeval(tv_sec: Self.receiveSeconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// - Parameter message: gets each message's payload and keeps nothing of it.
  func ask(_ request: NetlinkRequest, _ message: (Bytes) -> Void) throws(HostError) {
    usage.addQueries(1)
    let sent = request.bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
    guard sent == request.bytes.count else { throw HostError(path: "netlink", code: errno) }
    let code = withUnsafeTemporaryAllocation(byteCount: Self.messageBytes, alignment: 8) { buffer -> Int32 in
      var total = 0
      while total < Self.answerBytes {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return count == 0 ? EPIPE : errno }
        total += count
        usage.addBytes(count)
        if let end = Self.read(Bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count])), message) { return end }
        if !request.isDump { return 0 }
      }
      return EFBIG
    }
    guard code == 0 else { throw HostError(path: "netlink", code: code) }
  }

  /// NLMSG_ERROR and NLMSG_DONE; what is below 16 is the protocol's own.
  private static let (error, done, firstOfFamily) = (2, 3, 16)
  private static let headBytes = 16

  /// - Returns: the answer's end as errno(3) has it, 0 for a good one; nil where more comes.
  static func read(_ messages: Bytes, _ message: (Bytes) -> Void) -> Int32? {
    var start = 0
    while start + headBytes <= messages.count {
      let length = Int(messages.littleEndian(at: start, bytes: 4))
      let kind = Int(messages.littleEndian(at: start + 4, bytes: 2))
      guard length >= headBytes, start + length <= messages.count else { return EBADMSG }
      let payload = messages.part(start + headBytes..<start + length)
      if kind == done { return 0 }
      if kind == error { return 0 &- Int32(truncatingIfNeeded: payload.littleEndian(at: 0, bytes: 4)) }
      if kind >= firstOfFamily { message(payload) }
      start += (length + 3) & ~3
    }
    return nil
  }
}

/// A question: header, the family's own head, attributes.
struct NetlinkRequest {
  let isDump: Bool
  private(set) var bytes: [UInt8]

  private static let (requestFlag, dumpFlags) = (UInt64(0x001), UInt64(0x300))

  /// - Parameters:
  ///   - kind: `nlmsg_type`.
  ///   - isDump: whether all that there is is asked for.
  ///   - head: what the family puts before the attributes.
  init(_ kind: UInt16, isDump: Bool, head: [UInt8]) {
    self.isDump = isDump
    bytes = [UInt8](repeating: 0, count: 16)
    put(UInt64(kind), at: 4, bytes: 2)
    put(Self.requestFlag | (isDump ? Self.dumpFlags : 0), at: 6, bytes: 2)
    bytes += head
    put(UInt64(bytes.count), at: 0, bytes: 4)
  }

  mutating func append(_ attribute: Int, _ value: [UInt8]) {
    let start = bytes.count
    bytes += [0, 0, 0, 0] + value
    put(UInt64(value.count + 4), at: start, bytes: 2)
    put(UInt64(attribute), at: start + 2, bytes: 2)
    while bytes.count % 4 != 0 { bytes.append(0) }
    put(UInt64(bytes.count), at: 0, bytes: 4)
  }

  private mutating func put(_ value: UInt64, at offset: Int, bytes count: Int) {
    for index in 0..<count { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
  }
}

extension Bytes {
  /// A number as the platforms that we run on store it; 0 past the end.
  func littleEndian(at offset: Int, bytes count: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(self[offset + $1]) << (8 * UInt64($1)) }
  }

  /// The whole of it as a number.
  var littleEndian: UInt64 { littleEndian(at: 0, bytes: Swift.min(count, 8)) }

  /// Netlink's attributes: length, kind, value, aligned to four bytes.
  func forEachAttribute(_ body: (_ kind: Int, _ value: Bytes) -> Void) {
    var start = 0
    while start + 4 <= count {
      let length = Int(littleEndian(at: start, bytes: 2))
      guard length >= 4, start + length <= count else { return }
      // The upper two bits say that it is nested, and in which order its bytes are.
      body(Int(littleEndian(at: start + 2, bytes: 2)) & 0x3fff, part(start + 4..<start + length))
      start += (length + 3) & ~3
    }
  }

  /// Without the zero that ends a string of C's.
  var terminated: String { part(0..<(firstIndex(of: 0) ?? count)).string }
}
