/// The shortest decimal that reads back as the same double: Schubfach
/// (R. Giulietti, "The Schubfach way to render doubles", 2021, §9; the names are the paper's).
struct ShortestDecimal: Equatable {
  /// At most 17 digits, without zeros at the end.
  let digits: UInt64
  let exponent: Int

  /// Of a finite, positive value.
  init(_ value: Double) {
    let fraction = value.significandBitPattern
    let biased = Int(value.exponentBitPattern)
    let c = biased == 0 ? fraction : fraction | 1 << 52
    let q = (biased == 0 ? 1 : biased) - 1075
    // The lower neighbour of a power of two is nearer than the upper one.
    let isIrregular = fraction == 0 && biased > 1
    let isEven = c & 1 == 0
    let k = (q * 1_262_611 - (isIrregular ? 524_031 : 0)) >> 22
    let h = UInt64(q + Self.floorLog2Pow10(-k) + 1)
    let power = (-k - Self.lowestPower) * 2
    let powers = Self.powers
    let (high, low) = (powers[power], powers[power + 1])
    let lowerBound = Self.roundToOdd(high, low, (4 * c - 2 + (isIrregular ? 1 : 0)) << h) + (isEven ? 0 : 1)
    let middle = Self.roundToOdd(high, low, (4 * c) << h)
    let upperBound = Self.roundToOdd(high, low, (4 * c + 2) << h) - (isEven ? 0 : 1)
    let s = middle / 4
    if s >= 10 {
      let shorter = s / 10
      let isLowInside = lowerBound <= 40 * shorter
      let isHighInside = 40 * shorter + 40 <= upperBound
      if isLowInside != isHighInside {
        (digits, exponent) = Self.stripped(shorter + (isHighInside ? 1 : 0), k + 1)
        return
      }
    }
    let isLowInside = lowerBound <= 4 * s
    let isHighInside = 4 * s + 4 <= upperBound
    let roundsUp =
      isLowInside != isHighInside ? isHighInside : middle > 4 * s + 2 || (middle == 4 * s + 2 && s & 1 == 1)
    (digits, exponent) = Self.stripped(s + (roundsUp ? 1 : 0), k)
  }

  private static func floorLog2Pow10(_ exponent: Int) -> Int { (exponent * 1_741_647) >> 19 }

  @inline(__always)
  private static func roundToOdd(_ high: UInt64, _ low: UInt64, _ factor: UInt64) -> UInt64 {
    let carried = low.multipliedFullWidth(by: factor).high
    let product = high.multipliedFullWidth(by: factor)
    let (middle, isCarried) = product.low.addingReportingOverflow(carried)
    return (product.high + (isCarried ? 1 : 0)) | (middle > 1 ? 1 : 0)
  }

  @inline(__always)
  private static func stripped(_ digits: UInt64, _ exponent: Int) -> (UInt64, Int) {
    var (digits, exponent) = (digits, exponent)
    // Most measured values have 16 or 17 digits, and end here.
    while digits % 10 == 0 {
      if digits % 10_000 == 0 {
        (digits, exponent) = (digits / 10_000, exponent + 4)
      } else {
        (digits, exponent) = (digits / 10, exponent + 1)
      }
    }
    return (digits, exponent)
  }

  // MARK: Powers of ten

  static let lowestPower = -292
  static let highestPower = 324

  /// Pairs of high and low: the 128 leading bits of each power of ten, plus one where bits were cut off (the paper's
  /// g, §9.8.3 and table 2, with two bits more). Made once, in some ten microseconds, and kept.
  private static let powers = ConstantTable(count: 2 * (highestPower - lowestPower + 1)) { table in
    func store(_ bits: (high: UInt64, low: UInt64), roundingUp: Bool, at power: Int) {
      let low = bits.low &+ (roundingUp ? 1 : 0)
      table[2 * (power - lowestPower)] = bits.high + (roundingUp && low == 0 ? 1 : 0)
      table[2 * (power - lowestPower) + 1] = low
    }
    var number = WordNumber.one
    for power in 0...highestPower {
      let (high, low, isExact) = number.leading128
      store((high, low), roundingUp: !isExact, at: power)
      number.multiply(by: 5)
    }
    // Enough bits that 128 are left after the last division; a quotient of floors is the floor of the quotient.
    number = WordNumber.powerOfTwo(832)
    for power in 1...(-lowestPower) {
      number.divide(by: 5)
      let (high, low, _) = number.leading128
      store((high, low), roundingUp: true, at: -power)
    }
  }
}

/// A natural number of any size, as the table of powers needs it: words from the lowest up.
private struct WordNumber {
  private var words: [UInt64]

  static let one = WordNumber(words: [1])
  static func powerOfTwo(_ exponent: Int) -> WordNumber {
    WordNumber(words: [UInt64](repeating: 0, count: exponent / 64) + [1 << UInt64(exponent % 64)])
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in words.indices {
      let product = words[index].multipliedFullWidth(by: factor)
      let (low, isCarried) = product.low.addingReportingOverflow(carry)
      words[index] = low
      carry = product.high + (isCarried ? 1 : 0)
    }
    if carry > 0 { words.append(carry) }
  }

  mutating func divide(by divisor: UInt64) {
    var remainder: UInt64 = 0
    for index in words.indices.reversed() {
      (words[index], remainder) = divisor.dividingFullWidth((remainder, words[index]))
    }
    while words.count > 1, words.last == 0 { words.removeLast() }
  }

  /// The highest 128 bits with the first set, and whether all the others are 0.
  var leading128: (high: UInt64, low: UInt64, isExact: Bool) {
    let padded = [0, 0] + words
    let top = padded.count - 1
    let shift = UInt64(padded[top].leadingZeroBitCount)
    func word(_ index: Int) -> UInt64 {
      shift == 0 ? padded[index] : padded[index] << shift | (index > 0 ? padded[index - 1] >> (64 - shift) : 0)
    }
    let isExact = top < 2 || (word(0) == 0 && (0..<(top - 1)).allSatisfy { word($0) == 0 })
    return (word(top), word(top - 1), isExact)
  }
}
