/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c): random input that can be had again by its seed.
package struct SeededGenerator: RandomNumberGenerator {
  package let seed: UInt64
  private var state: UInt64

  /// - Parameter test: printed with the seed.
  package init(for test: String, seed: UInt64 = .random(in: 0...UInt64.max)) {
    self.seed = seed
    state = seed
    print("\(test): seed \(seed)")
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Text of the characters that formats trip over, among others.
  package mutating func text(maximumCount: Int) -> String {
    let count = Int.random(in: 0...maximumCount, using: &self)
    return String(String.UnicodeScalarView((0..<count).map { _ in scalar() }))
  }

  private mutating func scalar() -> Unicode.Scalar {
    let awkward: [Unicode.Scalar] = [
      "\"", "\\", "\n", "\r", "\t", "{", "}", "=", ",", "#", " ", "\u{0}", "\u{1}", "\u{1F}", "\u{7F}", "\u{85}",
      "\u{2028}", "\u{FEFF}", "\u{301}", "é", "ñ", "€", "\u{FFFD}", "\u{1F600}", "\u{10FFFF}",
    ]
    switch Int.random(in: 0..<10, using: &self) {
    case 0..<5: return awkward.randomElement(using: &self) ?? "x"
    case 5..<9: return Unicode.Scalar(UInt8.random(in: 0x20..<0x7F, using: &self))
    default: return Unicode.Scalar(UInt32.random(in: 0x20...0x10_FFFF, using: &self)) ?? "y"
    }
  }
}
