import ExporterKit
import Testing

@testable import NodeExporter

@Suite("Numbers for people")
struct HumanNumberTests {
  private func number(_ text: String, _ parse: (Bytes) -> Double?) -> Double? {
    Array(text.utf8).withUnsafeBytes { parse(Bytes($0)) }
  }

  @Test(
    "bcachefs writes decimal fractions of multiples of 1024",
    arguments: [
      ("0", 0), ("17", 17), (" 1.5k\n", 1536), ("2G", 0x1p31), ("28.2k", 28_876), ("1E", 0x1p60), ("0.5", 0),
      ("", nil), ("k", nil), ("x", nil), ("nan", nil), ("inf", nil), ("1.5q", nil),
    ] as [(String, Double?)])
  func decimal(text: String, expected: Double?) {
    #expect(number(text, HumanNumber.decimal) == expected)
  }

  /// `bch_hprint` cuts a remainder of 1024ths, divided by 100: .5 stands for 500 to 599 of 1024.
  @Test(
    "bcache writes a remainder behind the point",
    arguments: [
      ("0", 0), ("512", 512), ("1.0k", 1024), ("1.1M", 1_150_976), ("20.4G", 21_894_266_880), ("-1.0k", -1024),
      ("-251.6k", -257_624), ("2k", 2048), ("", nil), (".k", nil), ("1.k", nil), ("M", nil), ("--1k", nil),
    ] as [(String, Double?)])
  func bcache(text: String, expected: Double?) {
    #expect(number(text, HumanNumber.bcache) == expected)
  }
}

@Suite("Bytes: search")
struct BytesSearchTests {
  private func with<Result>(_ text: String, _ body: (Bytes) -> Result) -> Result {
    Array(text.utf8).withUnsafeBytes { body(Bytes($0)) }
  }

  @Test("a text is found where it begins, and counted without overlaps")
  func search() {
    #expect(with("a - btrfs b") { $0.firstIndex(of: " - btrfs ") } == 1)
    #expect(with("aab") { $0.firstIndex(of: "ab") } == 1)
    #expect(with("aa") { $0.firstIndex(of: "ab") } == nil)
    #expect(with("") { $0.contains("x") } == false)
    #expect(with("(F)(F(F)") { $0.count(of: "(F)") } == 2)
    #expect(with("aaaaa") { $0.count(of: "aa") } == 2)
  }

  @Test("a number is read as far as its digits go")
  func number() {
    #expect(with("  4: ACTIVE") { $0.firstNumber } == 4)
    #expect(with("90%") { $0.firstNumber } == 90)
    #expect(with("x1") { $0.firstNumber } == nil)
    #expect(with("") { $0.firstNumber } == nil)
    #expect(with("99999999999999999999") { $0.firstNumber } == nil)
  }

  @Test("a whole number is a double of the same value")
  func double() {
    #expect(with("1100") { $0.double } == 1100)
    #expect(with("18446744073709551615") { $0.double } == 0x1p64)
  }
}
