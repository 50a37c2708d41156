/// Numbers as PostgreSQL writes them, from their bytes: a page of tables has tens of thousands.
enum TextNumber {
  /// Decimal digits behind an optional sign. Nil for anything else and for what is no Int.
  static func integer(_ bytes: UnsafeRawBufferPointer) -> Int? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var index = isNegative ? 1 : 0
    guard index < bytes.count else { return nil }
    var value = 0
    while index < bytes.count {
      let digit = Int(bytes[index] &- UInt8(ascii: "0"))
      guard digit <= 9 else { return nil }
      // Downwards, since there is one negative number more than positive ones.
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, overflowAgain) = tenfold.subtractingReportingOverflow(digit)
      guard !overflow, !overflowAgain else { return nil }
      value = next
      index += 1
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// Correctly rounded. A mantissa below 2^53 divided by a power of ten up to 10^22, both exact, needs one operation
  /// and so one rounding (Clinger, "How to read floating point numbers accurately", 1990); all else, `NaN` and
  /// `Infinity` too, takes the standard library's way.
  static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
    exactly(bytes) ?? Double(String(decoding: bytes, as: UTF8.self))
  }

  private static func exactly(_ bytes: UnsafeRawBufferPointer) -> Double? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var index = isNegative ? 1 : 0
    // So few digits cannot overflow, and a second point or none at all is the other way's business.
    guard bytes.count <= maximumExactBytes, index < bytes.count else { return nil }
    var (mantissa, fractionDigits, hasPoint) = (0, 0, false)
    while index < bytes.count {
      let byte = bytes[index]
      let digit = Int(byte &- UInt8(ascii: "0"))
      if digit <= 9 {
        mantissa = mantissa &* 10 &+ digit
        if hasPoint { fractionDigits += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint, index + 1 < bytes.count {
        hasPoint = true
      } else {
        return nil
      }
      index += 1
    }
    guard mantissa < 1 << 53 else { return nil }
    let value = fractionDigits == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[fractionDigits]
    return isNegative ? -value : value
  }

  private static let maximumExactBytes = 18
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
  ]
}
