/// Damage that can be had again by its seed: SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
struct DamageGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// - Parameter test: printed with the seed.
  init(for test: String, seed: UInt64 = .random(in: 0...UInt64.max)) {
    state = seed
    print("\(test): seed \(seed)")
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Cut, with other bytes in places, or with something added.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    switch Int.random(in: 0..<4, using: &self) {
    case 0: return Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &self)))
    case 1: return bytes + (0..<Int.random(in: 1...40, using: &self)).map { _ in byte() }
    case 2 where !bytes.isEmpty:
      let digits = Array("0123456789-+.eE:xX, \n\t".utf8)
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &self)] = digits.randomElement(using: &self) ?? 0
      }
      return bytes
    case _ where !bytes.isEmpty:
      for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &self)] = byte() }
      return bytes
    default: return bytes
    }
  }

  private mutating func byte() -> UInt8 { UInt8.random(in: 0...255, using: &self) }
}
