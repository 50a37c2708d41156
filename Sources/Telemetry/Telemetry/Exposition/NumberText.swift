/// Sample values as text: the shortest digits that read back as the same double.
enum NumberText {
  /// Integers below this are exact in a double and are written without an exponent.
  private static let maximumExactInteger = 9_007_199_254_740_992.0
  /// "-", 17 digits, a point, an exponent, zeros before the digits.
  static let maximumBytes = 32
  /// Between these, no exponent is written.
  private static let plainPoints = -3...17

  /// - Parameter alwaysFloat: write whole numbers as `1.0`.
  @inline(__always)
  static func append(_ value: Double, to buffer: inout OutputBuffer, alwaysFloat: Bool = false) {
    let start = buffer.space(for: maximumBytes)
    buffer.advance(by: write(value, at: start, alwaysFloat: alwaysFloat) - start)
  }

  /// A bound or a quantile that somebody else counted, as Go writes it: with an exponent from a million on. One that
  /// reads otherwise would be another series than the standard exporter's.
  static func appendLabel(_ value: Double, to buffer: inout OutputBuffer, alwaysFloat: Bool) {
    guard value.magnitude >= 1e6, value.isFinite else { return append(value, to: &buffer, alwaysFloat: alwaysFloat) }
    if value < 0 { buffer.append(UInt8(ascii: "-")) }
    let decimal = ShortestDecimal(value.magnitude)
    let count = digitCount(decimal.digits)
    let start = buffer.space(for: maximumBytes)
    let end = writeScientific(decimal.digits, count: count, exponent: count + decimal.exponent - 1, at: start)
    buffer.advance(by: end - start)
  }

  static func append(_ value: Int64, to buffer: inout OutputBuffer) {
    if value < 0 { buffer.append(UInt8(ascii: "-")) }
    append(value.magnitude, to: &buffer)
  }

  static func append(_ value: UInt64, to buffer: inout OutputBuffer) {
    let start = buffer.space(for: maximumBytes)
    buffer.advance(by: write(value, at: start) - start)
  }

  /// For a label that is a number.
  static func text(of value: Double) -> String {
    var buffer = OutputBuffer(capacity: maximumBytes)
    append(value, to: &buffer)
    return String(decoding: buffer.take(), as: UTF8.self)
  }

  /// At most `maximumBytes`.
  /// - Returns: the place behind the last byte.
  static func write(_ value: Double, at start: UnsafeMutablePointer<UInt8>, alwaysFloat: Bool = false)
    -> UnsafeMutablePointer<UInt8>
  {
    var next = start
    if value < 0 {
      next.pointee = UInt8(ascii: "-")
      next += 1
    }
    if value.magnitude < maximumExactInteger {
      let whole = UInt64(value.magnitude)
      if Double(whole) == value.magnitude {
        next = write(whole, at: next)
        return alwaysFloat ? write(".0", at: next) : next
      }
    }
    if value.isFinite { return write(ShortestDecimal(value.magnitude), at: next) }
    if value.isNaN { return write("NaN", at: next) }
    return write(value < 0 ? "Inf" : "+Inf", at: next)
  }

  @inline(__always)
  private static func write(_ value: UInt64, at start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    let count = digitCount(value)
    write(value, count: count, at: start)
    return start + count
  }

  private static func write(_ text: StaticString, at start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
  {
    start.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    return start + text.utf8CodeUnitCount
  }

  private static func write(_ decimal: ShortestDecimal, at start: UnsafeMutablePointer<UInt8>)
    -> UnsafeMutablePointer<UInt8>
  {
    let count = digitCount(decimal.digits)
    // Where the point stands, counted from the first digit.
    let point = count + decimal.exponent
    if !plainPoints.contains(point) {
      return writeScientific(decimal.digits, count: count, exponent: point - 1, at: start)
    }
    if point <= 0 {
      start.update(repeating: UInt8(ascii: "0"), count: 2 - point)
      start[1] = UInt8(ascii: ".")
      write(decimal.digits, count: count, at: start + 2 - point)
      return start + 2 - point + count
    }
    if point >= count {
      write(decimal.digits, count: count, at: start)
      (start + count).update(repeating: UInt8(ascii: "0"), count: point - count)
      return start + point
    }
    write(decimal.digits, count: count, at: start + 1)
    for index in 0..<point { start[index] = start[index + 1] }
    start[point] = UInt8(ascii: ".")
    return start + count + 1
  }

  /// One digit, the point, the others, and an exponent of at least two digits.
  private static func writeScientific(
    _ digits: UInt64, count: Int, exponent: Int, at start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    write(digits, count: count, at: start + 1)
    start[0] = start[1]
    var next = start + 1
    if count > 1 {
      start[1] = UInt8(ascii: ".")
      next += count
    }
    next[0] = UInt8(ascii: "e")
    next[1] = exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
    let width = max(2, digitCount(UInt64(exponent.magnitude)))
    write(UInt64(exponent.magnitude), count: width, at: next + 2)
    return next + 2 + width
  }

  /// Exactly `count` digits, zeros in front where there are fewer; 8 at a time, which do not wait for each other.
  @inline(__always) private static func write(_ value: UInt64, count: Int, at start: UnsafeMutablePointer<UInt8>) {
    var (rest, position) = (value, count)
    while position >= 8 {
      let (quotient, eight) = rest.quotientAndRemainder(dividingBy: 100_000_000)
      rest = quotient
      position -= 8
      let high = UInt32(truncatingIfNeeded: eight) / 10_000
      let low = UInt32(truncatingIfNeeded: eight) % 10_000
      writePair(high / 100, at: start + position)
      writePair(high % 100, at: start + position + 2)
      writePair(low / 100, at: start + position + 4)
      writePair(low % 100, at: start + position + 6)
    }
    // At most 7 are left.
    var short = UInt32(truncatingIfNeeded: rest)
    while position >= 2 {
      position -= 2
      writePair(short % 100, at: start + position)
      short /= 100
    }
    if position == 1 { start[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: short % 10) }
  }

  @inline(__always) private static func writePair(_ pair: UInt32, at place: UnsafeMutablePointer<UInt8>) {
    let digits = UnsafeRawPointer(pairs.utf8Start + 2 * Int(pair)).loadUnaligned(as: UInt16.self)
    UnsafeMutableRawPointer(place).storeBytes(of: digits, as: UInt16.self)
  }

  @inline(__always) private static func digitCount(_ value: UInt64) -> Int {
    // log10 from log2, and one comparison that corrects it (H. Warren, Hacker's Delight, §11-4).
    let guess = ((64 - (value | 1).leadingZeroBitCount) * 1_233) >> 12
    return guess - ((value | 1) < powersOfTen[guess] ? 1 : 0) + 1
  }

  private static let pairs: StaticString = """
    00010203040506070809101112131415161718192021222324252627282930313233343536373839\
    40414243444546474849505152535455565758596061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899
    """

  private static let powersOfTen: [20 of UInt64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]
}
