/// Sample values as text: the shortest digits that read back as the same double.
enum NumberText {
  /// Integers below this are exact in a double and are written without an exponent.
  private static let maximumExactInteger = 9_007_199_254_740_992.0

  /// - Parameter alwaysFloat: write whole numbers as `1.0`.
  static func append(_ value: Double, to bytes: inout [UInt8], alwaysFloat: Bool = false) {
    if value.isNaN {
      bytes += "NaN".utf8
    } else if value.isInfinite {
      bytes += (value < 0 ? "-Inf" : "+Inf").utf8
    } else if value == value.rounded(), value.magnitude < maximumExactInteger {
      bytes += String(Int64(value)).utf8
      if alwaysFloat { bytes += ".0".utf8 }
    } else {
      bytes += value.description.utf8
    }
  }
}
