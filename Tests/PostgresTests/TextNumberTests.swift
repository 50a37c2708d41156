import Testing

@testable import Postgres

@Suite("Numbers as PostgreSQL writes them")
struct TextNumberTests {
  private func double(_ text: String) -> Double? { Double(postgresText: text) }
  private func integer(_ text: String) -> Int? { Int(postgresText: text) }

  @Test(
    "Integers to their limits, and nothing beyond",
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
      ("9223372036854775808", nil), ("-9223372036854775809", nil), ("99999999999999999999", nil), ("", nil),
      ("-", nil), ("1.5", nil), ("1a", nil), (" 1", nil), ("--1", nil), ("+1", nil),
    ] as [(String, Int?)])
  func integers(_ text: String, _ expected: Int?) { #expect(integer(text) == expected) }

  @Test("Smaller integers refuse what they cannot hold")
  func narrow() {
    #expect(Int16(postgresText: "32767") == .max && Int16(postgresText: "32768") == nil)
    #expect(Int32(postgresText: "-2147483648") == .min && Int32(postgresText: "2147483648") == nil)
    #expect(Bool(postgresText: "t") == true && Bool(postgresText: "f") == false && Bool(postgresText: "true") == nil)
  }

  @Test("Doubles are those of the standard library, to the last bit")
  func doubles() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let bits = Double(bitPattern: generator.next())
      let short =
        Double(Int.random(in: -1_000_000_000...1_000_000_000)) / Double([1, 3, 7, 1000, 1e6].randomElement() ?? 1)
      for value in [bits, short] where value.isFinite { #expect(double("\(value)") == value, "\(value)") }
    }
    for text in [
      "0.1", "-0.5", "123456789.123456", "9007199254740991", "9007199254740993", "0.000000000000001", "1e300",
    ] {
      #expect(double(text) == Double(text), "\(text)")
    }
    #expect(double("Infinity") == .infinity && double("-Infinity") == -.infinity)
    #expect(double("NaN")?.isNaN == true && double("-0")?.sign == .minus)
    for text in ["", "-", ".", "1.", "1..2", "1,5", "0x", "abc"] {
      #expect(double(text) == nil || text == "1.", "\(text)")
    }
  }
}
