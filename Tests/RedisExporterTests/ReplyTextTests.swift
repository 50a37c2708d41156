import Testing

@testable import RedisExporter

@Suite("ReplyText")
struct ReplyTextTests {
  private static func read<T>(_ text: String, _ body: (ReplyText) -> T) -> T {
    Array(text.utf8).withUnsafeBytes { body(ReplyText($0)) }
  }

  @Test(
    "decimals are the nearest doubles, as the standard library reads them",
    arguments: [
      "0.001", "3.007", "99.9", "0.249468", "1.05", "17.119", "0.1", "123456.789012", "0.000000", "00.50", "1.0",
      "12345678.123456", "999999999999.9", "9999999999999999.9", "-0.5", "1e3", "-1", "18446744073709551615", "inf",
    ])
  func decimals(text: String) {
    #expect(Self.read(text) { $0.double } == Double(text))
  }

  @Test(
    "what is no number is none", arguments: ["", ".", "1.", ".5.", "1.-5", "-", "1.2.3", "ok", "1,5", "0x", "1.5M"])
  func noNumbers(text: String) {
    #expect(Self.read(text) { $0.integer } == nil)
    #expect(Self.read(text) { $0.double } == Double(text))
  }

  @Test("integers that do not fit are none")
  func integers() {
    #expect(Self.read("9223372036854775807") { $0.integer } == .max)
    #expect(Self.read("9223372036854775808") { $0.integer } == nil)
    #expect(Self.read("-42") { $0.integer } == -42)
    #expect(Self.read("--42") { $0.integer } == nil)
  }

  @Test("lines end with LF or CR LF, and the last may have no end")
  func lines() {
    var lines: [String] = []
    Self.read("a\r\n\r\nb\n\nc") { $0.forEachLine { lines.append($0.string) } }
    #expect(lines == ["a", "b", "c"])
  }

  @Test("pairs, with values that hold the sign of equality and pairs that have none")
  func pairs() {
    var pairs: [String] = []
    Self.read("a=1,b,c=d=e,=f,") { $0.forEachPair { pairs.append("\($0.string):\($1.string)") } }
    #expect(pairs == ["a:1", "c:d=e", ":f"])
  }
}
