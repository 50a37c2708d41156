import Glibc

/// From a value to the index of its bucket in a native histogram: bucket `i` of schema `s` holds
/// `2^((i-1)/2^s) < |value| <= 2^(i/2^s)` (https://prometheus.io/docs/specs/native_histograms/#buckets).
///
/// `@unchecked`: the words are written in `init` alone and never freed; there are as many scales as schemas.
@usableFromInline struct NativeScale: @unchecked Sendable {
  @usableFromInline static let schemas = -4...8

  /// How far a mantissa is shifted for its place in the second table; the number of buckets in an octave; their upper
  /// bounds as the 52 bits of a mantissa, rising, with a guard behind them; and by the mantissa's leading bits the
  /// first bucket that can hold it.
  @usableFromInline let words: UnsafePointer<UInt64>
  @usableFromInline let schema: Int

  @inlinable init(words: UnsafePointer<UInt64>, schema: Int) {
    self.words = words
    self.schema = schema
  }

  private init(schema: Int) {
    self.schema = schema
    let count = schema > 0 ? 1 << schema : 0
    let leading = schema + 1
    let prefixes = schema > 0 ? 1 << leading : 0
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 3 + count + prefixes)
    memory[0] = UInt64(52 - max(leading, 0))
    memory[1] = UInt64(count)
    for bucket in 0..<count { memory[2 + bucket] = exp2(Double(bucket) / Double(count)).significandBitPattern }
    memory[2 + count] = .max
    for prefix in 0..<prefixes {
      let lowest = UInt64(prefix) << memory[0]
      memory[3 + count + prefix] = UInt64((0..<count).first { memory[2 + $0] >= lowest } ?? count)
    }
    words = UnsafePointer(memory)
  }

  /// By schema, from the lowest.
  private static let all = schemas.map { NativeScale(schema: $0) }

  @usableFromInline static func of(schema: Int) -> NativeScale { all[schema - schemas.lowerBound] }

  /// The index of a positive value; infinity lies one bucket above the largest finite value's.
  @inlinable func index(of value: Double) -> Int {
    guard value.isNormal else { return indexOfUnusual(value) }
    return index(exponent: Int(value.exponentBitPattern) - 1023, mantissa: value.significandBitPattern)
  }

  /// For `2^exponent · (1 + mantissa/2^52)`.
  @inlinable func index(exponent: Int, mantissa: UInt64) -> Int {
    guard schema > 0 else {
      let ceiling = mantissa == 0 ? exponent : exponent + 1
      return Self.halved(ceiling, times: -schema)
    }
    let count = Int(words[1])
    var bucket = Int(words[3 + count + Int(mantissa >> words[0])])
    while words[2 + bucket] < mantissa { bucket += 1 }
    return exponent << schema + bucket
  }

  @usableFromInline func indexOfUnusual(_ value: Double) -> Int {
    guard value.isFinite else { return index(of: Double.greatestFiniteMagnitude) + 1 }
    return index(exponent: Int(value.exponent), mantissa: value.significand.significandBitPattern)
  }

  /// The index of the bucket that holds this one `times` schemas lower: each step merges two into one.
  @inlinable static func halved(_ index: Int, times: Int) -> Int { (index + (1 << times) - 1) >> times }
}
