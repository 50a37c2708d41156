/// The grammar `-? digits (. digits)? ([eE] [+-]? digits)?`, read digit by digit.
enum DecimalParser {
  /// Digits that a caller can send before the text is refused: far beyond 18, and bounded.
  static let maximumTextBytes = 64

  static func units(_ text: String, scale: Int, maximum: Int64) -> Result<Int64, DecimalError> {
    guard text.utf8.count <= maximumTextBytes else { return .failure(.outOfRange) }
    var bytes = text.utf8[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative { bytes = bytes.dropFirst() }
    let whole = takeDigits(&bytes)
    guard !whole.isEmpty else { return .failure(.notANumber) }
    var fraction: [UInt8] = []
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      fraction = takeDigits(&bytes)
      guard !fraction.isEmpty else { return .failure(.notANumber) }
    }
    guard let exponent = takeExponent(&bytes), bytes.isEmpty else { return .failure(.notANumber) }
    return scaled(digits: whole + fraction, exponent: exponent - fraction.count + scale, scale: scale, maximum: maximum)
      .map { negative ? -$0 : $0 }
  }

  /// `digits` times ten to the power of `exponent`, which must be an integer.
  private static func scaled(
    digits: [UInt8], exponent: Int, scale: Int, maximum: Int64
  ) -> Result<Int64, DecimalError> {
    var digits = digits[...]
    var exponent = exponent
    while digits.first == 0 { digits = digits.dropFirst() }
    while digits.last == 0 {
      digits = digits.dropLast()
      exponent += 1
    }
    if digits.isEmpty { return .success(0) }
    if exponent < 0 { return .failure(.tooManyDecimals(limit: scale)) }
    guard digits.count + exponent <= 18 else { return .failure(.outOfRange) }
    var value: Int64 = 0
    for digit in digits { value = value * 10 + Int64(digit) }
    for _ in 0..<exponent { value *= 10 }
    return value <= maximum ? .success(value) : .failure(.outOfRange)
  }

  private static func takeDigits(_ bytes: inout Substring.UTF8View) -> [UInt8] {
    let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    bytes = bytes.dropFirst(digits.count)
    return digits.map { $0 - UInt8(ascii: "0") }
  }

  /// 0 where there is none; nil where `e` is not followed by digits.
  private static func takeExponent(_ bytes: inout Substring.UTF8View) -> Int? {
    guard let first = bytes.first, first | 0x20 == UInt8(ascii: "e") else { return 0 }
    bytes = bytes.dropFirst()
    let negative = bytes.first == UInt8(ascii: "-")
    if negative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    let digits = takeDigits(&bytes)
    guard !digits.isEmpty else { return nil }
    // An exponent of more than four digits, leading zeros aside, is beyond every number of 64 bytes.
    let magnitude = digits.drop { $0 == 0 }.prefix(5).reduce(0) { $0 * 10 + Int($1) }
    return negative ? -magnitude : magnitude
  }
}
