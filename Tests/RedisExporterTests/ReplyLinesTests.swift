import ExporterKit
import Testing

@testable import RedisExporter

@Suite("Lines and pairs of a reply")
struct ReplyLinesTests {
  private static func read(_ text: String, _ body: (Bytes) -> Void) {
    Array(text.utf8).withUnsafeBytes { body(Bytes($0)) }
  }

  @Test("lines end with LF or CR LF, and the last may have no end")
  func lines() {
    var lines: [String] = []
    Self.read("a\r\n\r\nb\n\nc") { $0.forEachReplyLine { lines.append($0.string) } }
    #expect(lines == ["a", "b", "c"])
  }

  @Test("pairs, with values that hold the sign of equality and pairs that have none")
  func pairs() {
    var pairs: [String] = []
    Self.read("a=1,b,c=d=e,=f,") { $0.forEachPair { pairs.append("\($0.string):\($1.string)") } }
    #expect(pairs == ["a:1", "c:d=e", ":f"])
  }
}
