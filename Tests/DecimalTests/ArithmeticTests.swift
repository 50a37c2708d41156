import Decimal
import Foundation
import Testing

/// Random numbers; a failure prints the numbers that it needs.
@Suite("Decimal: arithmetic")
struct ArithmeticTests {
  private static let maximum: Int64 = 999_999_999_999_999_999

  /// Of every magnitude, not only of the largest.
  private static func randomUnits() -> Int64 {
    let digits = Int.random(in: 1...18)
    let limit = (0..<digits).reduce(into: Int64(1)) { limit, _ in limit *= 10 } - 1
    return Int64.random(in: -limit...limit)
  }

  @Test("a number's text reads back as the same number, and Foundation reads the same from it")
  func roundTrip() throws {
    for units in [0, 1, -1, 99, 100, -100, Self.maximum, -Self.maximum] + (0..<5_000).map({ _ in Self.randomUnits() }) {
      let value = try #require(Money(units: units))
      #expect(Money(value.description) == value, "\(units)")
      #expect(value.units == units)
      // Apart: the macro takes the module's name for a value.
      let read = Foundation.Decimal(string: value.description, locale: Locale(identifier: "en_US_POSIX"))
      let oracle = try #require(read)
      #expect(oracle == Foundation.Decimal(units) / 100, "\(units)")
      #expect(value.description.split(separator: ".").last?.count == 2, "\(units)")
    }
  }

  @Test("sums are Foundation's, and nil exactly where 18 digits do not hold them")
  func adding() throws {
    let edges: [(Int64, Int64)] = [
      (Self.maximum, 1), (-Self.maximum, -1), (Self.maximum, -1), (Self.maximum, Self.maximum), (Self.maximum - 1, 1),
      (0, 0), (-Self.maximum, Self.maximum),
    ]
    let pairs = edges + (0..<5_000).map { _ in (Self.randomUnits(), Self.randomUnits()) }
    for (a, b) in pairs {
      let sum = try #require(Quantity(units: a)).adding(try #require(Quantity(units: b)))
      let oracle = Foundation.Decimal(a) + Foundation.Decimal(b)
      let fits = abs(oracle) <= Foundation.Decimal(Self.maximum)
      #expect((sum != nil) == fits, "\(a) + \(b)")
      if let sum { #expect(Foundation.Decimal(sum.units) == oracle, "\(a) + \(b)") }
    }
  }

  @Test("nothing of more than 18 digits exists")
  func limits() {
    #expect(Money(units: Self.maximum)?.description == "9999999999999999.99")
    #expect(Money(units: Self.maximum + 1) == nil)
    #expect(Money(units: -Self.maximum - 1) == nil)
    #expect(Money(units: .min) == nil)
    #expect(Money(units: .max) == nil)
  }

  @Test("order, sign and equality are the numbers'")
  func order() throws {
    let numbers = try ["-10", "-9.99", "-0.01", "0", "0.01", "0.1", "9.99", "10"].map { try Money.parse($0).get() }
    #expect(numbers.shuffled().sorted() == numbers)
    for number in numbers {
      #expect(number.adding(-number) == .zero)
      #expect(-(-number) == number)
    }
    #expect(Money("1.5") == Money("1.50"))
    #expect(Money("-0") == Money.zero)
  }

  @Test("a metric's sample is the nearest double")
  func approximation() throws {
    #expect(Money("12.34")?.approximation == 12.34)
    #expect(Quantity("-0.001")?.approximation == -0.001)
    #expect(Money.zero.approximation == 0)
  }
}
