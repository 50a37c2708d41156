import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Queueing disciplines of the kernel")
struct QdiscStatisticsTests {
  /// As rtnetlink(7) lays it out.
  private static func message(parent: UInt32, _ statistics: [UInt8]) -> [UInt8] {
    [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0] + bytes(parent) + [0, 0, 0, 0]
      + attribute(1, Array("htb".utf8) + [0]) + attribute(0x8007, statistics)
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func attribute(_ kind: UInt16, _ value: [UInt8]) -> [UInt8] {
    let length = value.count + 4
    let padding = [UInt8](repeating: 0, count: (4 - length % 4) % 4)
    return [UInt8(length & 255), UInt8(length >> 8), UInt8(kind & 255), UInt8(kind >> 8)] + value + padding
  }

  private static let basic = attribute(1, bytes(0x0102_0304) + bytes(1) + bytes(77) + bytes(0))
  private static let queue = attribute(3, bytes(5) + bytes(6) + bytes(7) + bytes(8) + bytes(9))

  private func read(_ message: [UInt8]) -> QdiscStatistics? {
    message.withUnsafeBytes { QdiscStatistics(Bytes($0)) { $0 == 2 ? "eth7" : nil } }
  }

  @Test("bytes in 64 bits, the others in 32")
  func numbers() throws {
    let qdisc = try #require(read(Self.message(parent: 0xffff_ffff, Self.basic + Self.queue)))
    #expect(qdisc.device == "eth7")
    #expect(qdisc.kind == "htb")
    #expect(qdisc.isRoot)
    #expect(qdisc.bytes == 4_311_876_356)
    #expect(qdisc.packets == 77)
    #expect([qdisc.queueLength, qdisc.backlog, qdisc.drops, qdisc.requeues, qdisc.overlimits] == [5, 6, 7, 8, 9])
    #expect(try #require(read(Self.message(parent: 0x10000, []))).isRoot == false)
  }

  @Test("a message cut anywhere is read as far as it goes, or not at all")
  func cut() {
    let whole = Self.message(parent: 0, Self.basic + Self.queue)
    for count in whole.indices {
      let qdisc = read(Array(whole[..<count]))
      #expect((qdisc == nil) == (count < 20))
    }
  }
}
