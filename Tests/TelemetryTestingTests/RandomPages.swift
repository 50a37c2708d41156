import MetricModel
import Telemetry

/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c): random pages that can be had again by their seed.
struct RandomPages: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  /// - Parameter test: printed with the seed.
  init(for test: String, seed: UInt64 = .random(in: 0...UInt64.max)) {
    self.seed = seed
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

  mutating func text(maximumCount: Int) -> String {
    let awkward: [Unicode.Scalar] = [
      "\"", "\\", "\n", "\r", "\t", "{", "}", "=", ",", "#", " ", "\u{0}", "\u{7F}", "\u{85}", "\u{FEFF}", "\u{301}",
      "é", "€", "\u{1F600}", "\u{10FFFF}", "a", "b", "_", ":", "7",
    ]
    let count = Int.random(in: 0...maximumCount, using: &self)
    return String(String.UnicodeScalarView((0..<count).map { _ in awkward.randomElement(using: &self) ?? "x" }))
  }

  mutating func value() -> Double {
    let value = Double(bitPattern: next())
    return Bool.random(using: &self) ? Double(Int.random(in: -1_000...1_000, using: &self)) : value
  }

  /// What was recorded: a family, its series' label values, and each series' value.
  typealias Recorded = (family: FamilyDescriptor, series: [(values: [String], value: Double)])

  /// Families of any names, labels and help texts, in a batch.
  mutating func batch(families: Int) -> (SampleBatch, [Recorded]) {
    var (batch, recorded) = (SampleBatch(), [Recorded]())
    for index in 0..<families {
      let family = FamilyDescriptor(
        name: "f\(index)\(text(maximumCount: 6))", help: "A\(text(maximumCount: 20))",
        kind: [.gauge, .unknown].randomElement(using: &self) ?? .gauge,
        labelNames: ["id", "n\(text(maximumCount: 4))"])
      let series = (0..<Int.random(in: 1...4, using: &self)).map { position in
        (values: ["\(position)", text(maximumCount: 12)], value: value())
      }
      for one in series { batch.add(family, labelValues: one.values, one.value) }
      recorded.append((family, series))
    }
    return (batch, recorded)
  }
}
