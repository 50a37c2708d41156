/// How many decimals a number has.
package protocol DecimalScale: Sendable {
  static var digits: Int { get }
  /// 10 to the power of `digits`.
  static var factor: Int64 { get }
}

/// Two decimals: pesos and centavos.
package enum Cents: DecimalScale {
  package static let digits = 2
  package static let factor: Int64 = 100
}

/// Three decimals: kilograms and grams, NUMERIC(18,3).
package enum Thousandths: DecimalScale {
  package static let digits = 3
  package static let factor: Int64 = 1_000
}

package typealias Money = FixedDecimal<Cents>
package typealias Quantity = FixedDecimal<Thousandths>

/// An exact decimal number of at most 18 digits, never a binary float.
package struct FixedDecimal<Scale: DecimalScale>: Sendable, Hashable, Comparable {
  /// The number times `Scale.factor`.
  package let units: Int64

  /// 18 digits, as NUMERIC(18, …) has.
  package static var maximumUnits: Int64 { 999_999_999_999_999_999 }

  /// nil beyond 18 digits.
  package init?(units: Int64) {
    guard units.magnitude <= UInt64(Self.maximumUnits) else { return nil }
    self.units = units
  }

  private init(checked units: Int64) { self.units = units }

  package static var zero: Self { Self(checked: 0) }

  package static func < (a: Self, b: Self) -> Bool { a.units < b.units }

  package static prefix func - (a: Self) -> Self { Self(checked: -a.units) }

  /// The distance from zero.
  package var magnitude: Self { units < 0 ? -self : self }

  /// nil beyond 18 digits.
  package func adding(_ other: Self) -> Self? {
    let (sum, overflow) = units.addingReportingOverflow(other.units)
    return overflow ? nil : Self(units: sum)
  }

  /// For metrics alone: a sample is a double by its format.
  package var approximation: Double { Double(units) / Double(Scale.factor) }
}

extension FixedDecimal: CustomStringConvertible, LosslessStringConvertible {
  /// With all decimals: `12.50`, `-0.05`.
  package var description: String {
    // A sign, 18 digits and a point at most; of a number below one a zero before the point.
    String(unsafeUninitializedCapacity: Scale.digits + 21) { text in
      var rest = units.magnitude
      var digits = 0
      var start = text.count
      while rest > 0 || digits <= Scale.digits {
        if digits == Scale.digits, digits > 0 {
          start -= 1
          text[start] = UInt8(ascii: ".")
        }
        start -= 1
        text[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
        digits += 1
      }
      if units < 0 {
        start -= 1
        text[start] = UInt8(ascii: "-")
      }
      for index in start..<text.count { text[index - start] = text[index] }
      return text.count - start
    }
  }

  /// Parses a JSON number (RFC 8259 §6) or PostgreSQL's NUMERIC output, exactly.
  package init?(_ text: String) {
    guard case .success(let value) = Self.parse(text) else { return nil }
    self = value
  }

  /// Parses, and says why not.
  package static func parse(_ text: String) -> Result<Self, DecimalError> {
    DecimalParser.units(text, scale: Scale.digits, maximum: maximumUnits).map(Self.init(checked:))
  }
}

package enum DecimalError: Error, Equatable {
  case notANumber
  case tooManyDecimals(limit: Int)
  case outOfRange
}
