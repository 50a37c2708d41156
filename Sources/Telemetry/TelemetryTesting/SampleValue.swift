/// A sample's value as the format writes it: what Go's `ParseFloat` reads, without its hexadecimal digits and its
/// underscores, which Prometheus refuses.
enum SampleValue {
  static func parse(_ text: String) -> Double? {
    switch text.lowercased() {
    case "nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default:
      guard isDecimal(text), let value = Double(text), value.isFinite else { return nil }
      return value
    }
  }

  /// `[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?`
  private static func isDecimal(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func takeDigits() -> Int {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    func takeOne(of characters: String) -> Bool {
      guard let first = rest.first, characters.utf8.contains(first) else { return false }
      rest.removeFirst()
      return true
    }
    _ = takeOne(of: "+-")
    var digits = takeDigits()
    if takeOne(of: ".") { digits += takeDigits() }
    guard digits > 0 else { return false }
    if takeOne(of: "eE") {
      _ = takeOne(of: "+-")
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// As tests want to compare: NaN is NaN.
  static func areEqual(_ one: Double, _ other: Double, relativeTolerance: Double) -> Bool {
    if one == other || (one.isNaN && other.isNaN) { return true }
    return (one - other).magnitude <= relativeTolerance * max(one.magnitude, other.magnitude)
  }
}
