import ExporterKit
import Glibc
import Testing

@testable import NodeExporter

@Suite("Netlink")
struct NetlinkSessionTests {
  /// `struct nlmsghdr`: length, type, flags, sequence, port.
  private static func message(_ kind: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - payload.count % 4) % 4)
    return [UInt8(16 + payload.count), 0, 0, 0, kind, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0] + payload + padding
  }

  private func read(_ bytes: [UInt8]) -> (end: Int32?, payloads: [[UInt8]]) {
    var payloads: [[UInt8]] = []
    let end = bytes.withUnsafeBytes { bytes in
      NetlinkSession.read(Bytes(bytes)) { payload in payloads.append((0..<payload.count).map { payload[$0] }) }
    }
    return (end, payloads)
  }

  @Test("messages until the end, an error, or more to come")
  func answers() {
    let two = Self.message(16, [1, 2, 3]) + Self.message(30, [4])
    #expect(read(two).end == nil)
    #expect(read(two).payloads == [[1, 2, 3], [4]])
    #expect(read(two + Self.message(3, [0, 0, 0, 0]) + Self.message(16, [9])).end == 0)
    #expect(read(Self.message(2, [0xfe, 0xff, 0xff, 0xff])).end == ENOENT)
    #expect(read(Self.message(1, [7])).payloads == [])
    #expect(read([200, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).end == EBADMSG)
    #expect(read([]).end == nil)
  }

  @Test("a request as the kernel wants it")
  func request() {
    var request = NetlinkRequest(38, isDump: true, head: [5, 6, 7, 8])
    request.append(258, [1, 2, 3, 4, 5])
    #expect(
      request.bytes == [
        32, 0, 0, 0, 38, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6, 7, 8, 9, 0, 2, 1, 1, 2, 3, 4, 5, 0, 0, 0,
      ])
  }

  @Test("the kernel that runs this answers a question, and refuses one that is none")
  func live() throws {
    let host = try HardwareHost([:]).host
    var messages = 0
    // RTM_GETLINK: the loopback at least.
    let session = try NetlinkSession(.route, on: host)
    try session.ask(NetlinkRequest(18, isDump: true, head: [UInt8](repeating: 0, count: 16))) { _ in messages += 1 }
    #expect(messages > 0)
    #expect(throws: HostError.self) {
      let other = try NetlinkSession(.generic, on: host)
      var request = NetlinkRequest(16, isDump: false, head: [3, 1, 0, 0])
      request.append(2, Array("no such family".utf8) + [0])
      try other.ask(request) { _ in }
    }
  }

  @Test("damaged messages do no harm")
  func damaged() {
    var generator = DamageGenerator(for: "netlink")
    let whole = Self.message(16, [8, 0, 1, 0, 1, 2, 3, 4]) + Self.message(3, [0, 0, 0, 0])
    for _ in 0..<2000 {
      generator.damaged(whole).withUnsafeBytes { bytes in
        _ = NetlinkSession.read(Bytes(bytes)) { $0.forEachAttribute { _, value in _ = value.littleEndian } }
      }
    }
  }
}
