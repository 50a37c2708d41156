/// The grammar `-? digits (. digits)? ([eE] [+-]? digits)?`, read digit by digit.
struct DecimalParser {
  /// Digits that a caller can send before the text is refused: far beyond 18, and bounded.
  static let maximumTextBytes = 64
  /// What an Int64 holds whatever the digits are.
  private static let maximumDigits = 18

  private var bytes: UnsafeBufferPointer<UInt8>.SubSequence
  /// The digits from the first to the last that is not 0; not exact where there are more than `maximumDigits`.
  private var value: Int64 = 0
  private var digits = 0
  /// Zeros behind the last digit that is not 0.
  private var zeros = 0

  static func units(_ text: String, scale: Int, maximum: Int64) -> Result<Int64, DecimalError> {
    guard text.utf8.count <= maximumTextBytes else { return .failure(.outOfRange) }
    var text = text
    return text.withUTF8 { bytes in
      var parser = DecimalParser(bytes: bytes[...])
      return parser.units(scale: scale, maximum: maximum)
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>.SubSequence) { self.bytes = bytes }

  private mutating func units(scale: Int, maximum: Int64) -> Result<Int64, DecimalError> {
    let isNegative = take("-")
    guard takeDigits() > 0 else { return .failure(.notANumber) }
    var decimals = 0
    if take(".") {
      decimals = takeDigits()
      guard decimals > 0 else { return .failure(.notANumber) }
    }
    guard let power = takeExponent(), bytes.isEmpty else { return .failure(.notANumber) }
    if digits == 0 { return .success(0) }
    let exponent = power - decimals + zeros + scale
    if exponent < 0 { return .failure(.tooManyDecimals(limit: scale)) }
    guard digits + exponent <= Self.maximumDigits else { return .failure(.outOfRange) }
    for _ in 0..<exponent { value *= 10 }
    guard value <= maximum else { return .failure(.outOfRange) }
    return .success(isNegative ? -value : value)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: character) else { return false }
    bytes.removeFirst()
    return true
  }

  private mutating func takeDigit() -> Int64? {
    guard let byte = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    bytes.removeFirst()
    return Int64(byte - UInt8(ascii: "0"))
  }

  /// - Returns: how many.
  private mutating func takeDigits() -> Int {
    var count = 0
    while let digit = takeDigit() {
      count += 1
      if digit == 0 {
        if digits > 0 { zeros += 1 }
        continue
      }
      for _ in 0...zeros { value &*= 10 }
      value &+= digit
      digits += zeros + 1
      zeros = 0
    }
    return count
  }

  /// 0 where there is none; nil where `e` is not followed by digits.
  private mutating func takeExponent() -> Int? {
    guard take("e") || take("E") else { return 0 }
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard var magnitude = takeDigit() else { return nil }
    // Beyond every number of 64 bytes.
    while let digit = takeDigit() { magnitude = min(magnitude * 10 + digit, 10_000) }
    return Int(isNegative ? -magnitude : magnitude)
  }
}
