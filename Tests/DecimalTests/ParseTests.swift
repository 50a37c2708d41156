import Decimal
import Testing

@Suite("Decimal: text")
struct ParseTests {
  @Test(
    "what JSON and NUMERIC write is read exactly",
    arguments: [
      ("0", "0.00"), ("-0", "0.00"), ("0.0", "0.00"), ("-0.00", "0.00"), ("0e5", "0.00"), ("0e-999", "0.00"),
      ("1", "1.00"), ("12.5", "12.50"), ("-12.50", "-12.50"), ("-0.05", "-0.05"), ("0.01", "0.01"), ("007", "7.00"),
      ("1e2", "100.00"), ("1E2", "100.00"), ("1e+2", "100.00"), ("1e-2", "0.01"), ("123e-2", "1.23"),
      ("1.5e1", "15.00"), ("0.001e1", "0.01"), ("100e-4", "0.01"), ("1.10", "1.10"), ("1.1000000000000", "1.10"),
      ("0.10000000000000000000000000000000000000000000000000000000", "0.10"), ("1e0000000000000002", "100.00"),
      ("9999999999999999.99", "9999999999999999.99"), ("-9999999999999999.99", "-9999999999999999.99"),
      ("00000000000000000000000000000000001", "1.00"), ("999999999999999999e-2", "9999999999999999.99"),
      ("1e15", "1000000000000000.00"),
    ])
  func reads(text: String, printed: String) throws {
    let value = try Money.parse(text).get()
    #expect(value.description == printed)
    #expect(Money(text) == value)
  }

  @Test(
    "more decimals than the scale are refused, not rounded",
    arguments: ["0.001", "1.005", "-0.009", "1e-3", "12.345", "0.1e-2", "1234567890123456.789"])
  func tooManyDecimals(text: String) {
    #expect(Money.parse(text) == .failure(.tooManyDecimals(limit: 2)))
    #expect(Money(text) == nil)
  }

  @Test(
    "what 18 digits cannot hold is refused, however it is written",
    arguments: [
      "10000000000000000", "-10000000000000000.00", "1e16", "99999999999999999", "-92233720368547758.08", "1e18",
      "1e999999999999999999999999",
      "99999999999999999999",
      "9999999999999999999999999999999999999999999999999999999999999999", String(repeating: "9", count: 65),
    ])
  func outOfRange(text: String) {
    #expect(Money.parse(text) == .failure(.outOfRange))
  }

  @Test(
    "whatever else is no number",
    arguments: [
      "", " ", "-", "+1", ".", ".5", "5.", "-.5", "1.e2", "1e", "1e+", "1e-", "e5", "1e5.0", "--1", "1-", " 1", "1 ",
      "1,5", "1_000", "0x10", "NaN", "Infinity", "-inf", "null", "1.2.3", "１", "٣", "1\u{0}", "1e1e1", "$1", "½",
    ])
  func junk(text: String) {
    #expect(Money.parse(text) == .failure(.notANumber))
    #expect(Money(text) == nil)
  }

  @Test("a text that is too long is refused unread")
  func long() {
    #expect(Money.parse(String(repeating: "0", count: 1_000_000)) == .failure(.outOfRange))
    #expect(Money.parse(String(repeating: "0", count: 64)) == .success(.zero))
  }

  @Test("quantities have three decimals")
  func quantities() throws {
    #expect(try Quantity.parse("1.005").get().units == 1_005)
    #expect(Quantity("0.5")?.description == "0.500")
    #expect(Quantity("-0.001")?.description == "-0.001")
    #expect(Quantity("999999999999999.999")?.units == 999_999_999_999_999_999)
    #expect(Quantity.parse("1000000000000000") == .failure(.outOfRange))
    #expect(Quantity.parse("0.0001") == .failure(.tooManyDecimals(limit: 3)))
  }
}
