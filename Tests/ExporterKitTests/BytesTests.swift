import TestSupport
import Testing

@testable import ExporterKit

@Suite("Bytes")
struct BytesTests {
  private func of<Result>(_ text: String, _ body: (Bytes) throws -> Result) rethrows -> Result {
    try Array(text.utf8).withUnsafeBytes { try body(Bytes($0)) }
  }

  @Test(
    "whole numbers",
    arguments: [
      ("0", 0, 0), ("42", 42, 42), ("007", 7, 7), ("-7", -7, nil), ("+7", 7, nil), ("", nil, nil), ("-", nil, nil),
      ("4 ", nil, nil), ("4x", nil, nil), ("9223372036854775807", .max, 9_223_372_036_854_775_807),
      ("9223372036854775808", nil, 9_223_372_036_854_775_808), ("-9223372036854775808", .min, nil),
      ("-9223372036854775809", nil, nil), ("18446744073709551615", nil, .max), ("18446744073709551616", nil, nil),
      ("99999999999999999999", nil, nil), ("--1", nil, nil), ("٣", nil, nil),
    ] as [(String, Int?, UInt64?)])
  func integers(text: String, integer: Int?, unsigned: UInt64?) {
    #expect(of(text) { $0.integer } == integer)
    #expect(of(text) { $0.unsigned } == unsigned)
  }

  @Test(
    "numbers with a point are the nearest double",
    arguments: [
      ("1.5", 1.5), ("0.1", 0.1), ("0.30", 0.3), ("123456.789012", 123456.789012), ("4.35", 4.35), ("-2.25", -2.25),
      ("1e3", 1000), ("9007199254740993", 9_007_199_254_740_992), ("0.1234567890123456789", 0.1234567890123456789),
      ("18446744073709551616", 0x1p64), ("12345678901234.5", 12345678901234.5), ("1.", 1), (".5", 0.5), ("", nil),
      (".", nil), ("1.2.3", nil), ("1,5", nil), ("x", nil),
    ] as [(String, Double?)])
  func doubles(text: String, value: Double?) {
    #expect(of(text) { $0.double } == value)
  }

  @Test("every fraction of the kernel's kind is what the standard library makes of it")
  func fractions() {
    var random = SeededGenerator(for: "fractions")
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...9, using: &random)
      let fraction = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
      let text =
        "\(UInt32.random(in: 0...UInt32.max >> UInt32.random(in: 0...31, using: &random), using: &random)).\(fraction)"
      if of(text, { $0.double }) != Double(text) { Issue.record("\(text)") }
    }
  }

  @Test(
    "hexadecimal",
    arguments: [
      ("0", 0), ("ff", 255), ("FF", 255), ("0x1F", 31), ("ffffffffffffffff", .max), ("10000000000000000", nil),
      ("00000000000000000001", 1), ("", nil), ("0x", nil), ("g", nil), ("-1", nil), ("1 ", nil),
    ] as [(String, UInt64?)])
  func hexadecimal(text: String, value: UInt64?) {
    #expect(of(text) { $0.hexadecimal } == value)
  }

  @Test("lines, without an empty rest behind the last")
  func lines() {
    func lines(_ text: String) -> [String] {
      of(text) { bytes in
        var lines: [String] = []
        bytes.forEachLine { lines.append($0.string) }
        return lines
      }
    }
    #expect(lines("a\nbc\n\nd\n") == ["a", "bc", "", "d"])
    #expect(lines("a") == ["a"])
    #expect(lines("") == [])
    #expect(lines("\n") == [""])
  }

  @Test("fields between any white space, and what is left behind them")
  func fields() {
    of(" a\tbb  c d \n") { bytes in
      #expect(bytes.fields.map(\.string) == ["a", "bb", "c", "d"])
      var fields = bytes.fields
      let first = fields.next()?.string
      #expect(first == "a")
      #expect(fields.rest.string == "bb  c d")
      fields.skip(2)
      let fourth = fields.next()?.string
      #expect(fourth == "d")
      fields.skip(5)
      #expect(fields.rest.isEmpty)
    }
    #expect(of("") { $0.fields.map(\.string) } == [])
  }

  @Test("comparisons, parts and cuts")
  func parts() {
    of("key=value=x") { bytes in
      #expect(bytes.hasPrefix("key") && bytes.hasSuffix("=x") && !bytes.hasPrefix("value"))
      #expect(bytes == "key=value=x" as StaticString && !(bytes == "key" as StaticString))
      #expect(bytes == String("key=value=x") && !(bytes == String("key=value=y")))
      #expect(bytes.array == Array("key=value=x".utf8) && bytes.validString == "key=value=x")
      #expect(bytes.lastIndex(of: UInt8(ascii: "=")) == 9 && bytes.lastIndex(of: 0) == nil)
      let parts = bytes.cut(at: UInt8(ascii: "="))
      #expect(parts?.head.string == "key")
      #expect(parts?.tail.string == "value=x")
      #expect(bytes.cut(at: 0) == nil)
      #expect(bytes.part(8..<100).string == "e=x")
      #expect(bytes.part(50..<100).isEmpty)
      #expect(bytes[3] == UInt8(ascii: "=") && bytes[-1] == 0 && bytes[99] == 0)
    }
    of("") { bytes in
      #expect(bytes.hasPrefix("") && bytes == "" as StaticString && bytes == String(""))
      #expect(!bytes.hasPrefix("a") && !bytes.hasSuffix("a"))
      #expect(bytes.trimmed.isEmpty && bytes.firstIndex(of: 0) == nil)
    }
    #expect(of(" \t x y\n") { $0.trimmed.string } == "x y")
  }

  @Test("bytes that are no text become replacement characters, not a crash")
  func invalid() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x28]
    #expect(bytes.withUnsafeBytes { Bytes($0).string } == "a\u{FFFD}\u{FFFD}(")
    #expect(bytes.withUnsafeBytes { Bytes($0).validString } == nil)
  }
}
