import Dispatch
import Foundation
import MetricModel
import Telemetry
import TestSupport
import Testing

@Suite("Native histograms")
struct NativeHistogramTests {
  private static func family(_ native: NativeBuckets, bounds: [Double] = []) -> Family<Histogram, NoLabels> {
    Family("wait_seconds", "Time waited.", unit: .seconds, bounds: bounds, native: native)
  }

  private static func read(_ native: NativeBuckets, _ values: [Double]) throws -> ReadNativeHistogram {
    let registry = Registry()
    let histogram = registry.histogram(family(native))
    for value in values { histogram.observe(value) }
    return try #require(try ReadNativeHistogram(registry.expose(.protobuf), "wait_seconds"))
  }

  /// The bucket by its definition; nil so near a bound that the logarithm cannot tell.
  private static func bucket(of value: Double, schema: Int) -> Int? {
    let position = log2(value.magnitude) * exp2(Double(schema))
    let isNearBound = (position - position.rounded()).magnitude < 1e-9 * max(1, position.magnitude)
    return isNearBound ? nil : Int(position.rounded(.up))
  }

  @Test("every schema puts values where its definition does", arguments: -4...8)
  func indices(schema: Int) throws {
    var random = SeededGenerator(for: "buckets of schema \(schema)")
    for _ in 0..<300 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite, value.magnitude > 0x1p-128 else { continue }
      guard let expected = Self.bucket(of: value, schema: schema) else { continue }
      let read = try Self.read(NativeBuckets(schema: schema), [value])
      #expect(read.schema == schema)
      #expect((value > 0 ? read.positive : read.negative) == [expected: 1], "\(value), seed \(random.seed)")
    }
  }

  @Test("a bound belongs to the bucket below it", arguments: -4...8)
  func bounds(schema: Int) throws {
    for octave in [-40, -1, 0, 1, 16, 96] where octave % (schema < 0 ? 1 << -schema : 1) == 0 {
      let bound = exp2(Double(octave))
      let index = schema >= 0 ? octave << schema : octave >> -schema
      let read = try Self.read(NativeBuckets(schema: schema), [bound, bound.nextUp])
      #expect(read.positive == [index: 1, index + 1: 1], "\(bound)")
    }
  }

  @Test("the zero bucket, infinities, subnormal numbers and NaN")
  func edges() throws {
    let read = try Self.read(
      NativeBuckets(schema: 0, zeroThreshold: 0.5), [0, -0.0, 0.5, -0.5, 0.25, .infinity, -.infinity, .nan, 1, -1])
    #expect(read.count == 9)
    #expect(read.zeroCount == 5)
    #expect(read.zeroThreshold == 0.5)
    #expect(read.positive == [0: 1, 1025: 1])
    #expect(read.negative == [0: 1, 1025: 1])
    let tiny = try Self.read(NativeBuckets(schema: 0, zeroThreshold: 0), [.leastNonzeroMagnitude, 0x1.8p-1060])
    #expect(tiny.positive == [-1074: 1, -1059: 1])
  }

  @Test("whatever comes, there are never more buckets than the limit, and nothing is lost unless it begins anew")
  func limit() throws {
    var random = SeededGenerator(for: "bucket limit")
    for limit in [1, 2, 7, 40, 160] {
      for spread in [1.0, 20, 2_000] {
        let registry = Registry()
        let histogram = registry.histogram(Self.family(NativeBuckets(schema: 8, maximumBuckets: limit)))
        var (before, wasReset, total) = (UInt64(0), false, UInt64(0))
        for _ in 0..<20 {
          for _ in 0..<200 {
            let exponent = Double.random(in: -spread / 2...spread / 2, using: &random).clamped(to: -1_070...1_023)
            histogram.observe(Bool.random(using: &random) ? exp2(exponent) : -exp2(exponent))
          }
          total += 200
          let read = try #require(try ReadNativeHistogram(registry.expose(.protobuf), "wait_seconds"))
          #expect(read.populated <= limit, "seed \(random.seed)")
          #expect(
            read.count == read.zeroCount + (read.positive.values.reduce(0, +) + read.negative.values.reduce(0, +)))
          wasReset = wasReset || read.count < before || read.count < total
          if !wasReset { #expect(read.count == total) }
          before = read.count
        }
        // Both signs over less than 16 octaves to each side of 1 fit into four buckets of schema -4.
        if spread <= 20, limit >= 4 { #expect(!wasReset, "limit \(limit), spread \(spread), seed \(random.seed)") }
      }
    }
  }

  @Test("at half the resolution a bucket holds what its two held")
  func reduction() throws {
    var random = SeededGenerator(for: "reduction")
    let values = (0..<2_000).map { _ in exp2(Double.random(in: -6...6, using: &random)) }
    let reduced = try Self.read(NativeBuckets(schema: 8, maximumBuckets: 160), values)
    #expect(reduced.schema == 3, "12 octaves at 8 to the octave are 96 buckets, at 16 there are 192")
    let coarse = try Self.read(NativeBuckets(schema: reduced.schema, maximumBuckets: 1_000), values)
    #expect(reduced.positive == coarse.positive)
  }

  @Test("both kinds from one instrument count the same")
  func both() throws {
    let registry = Registry()
    let histogram = registry.histogram(Self.family(NativeBuckets(), bounds: [0.1, 1]))
    for value in [0.05, 0.5, 0.5, 3] { histogram.observe(value) }
    let read = try #require(try ReadNativeHistogram(registry.expose(.protobuf), "wait_seconds"))
    #expect(read.classic.map(\.bound) == [0.1, 1])
    #expect(read.classic.map(\.count) == [1, 3])
    #expect(read.count == 4)
    #expect(read.positive.values.reduce(0, +) == 4)
    #expect(registry.samples()["wait_seconds_bucket{le=\"+Inf\"}"] == "4")
  }

  @Test("threads at different resolutions come together exactly")
  func threads() throws {
    let registry = Registry()
    let histogram = registry.histogram(Self.family(NativeBuckets(schema: 8, maximumBuckets: 60)))
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      // The wider a thread's values are spread, the lower its resolution.
      for step in 0..<5_000 { histogram.observe(exp2(Double(step % 64) / 64 * Double(thread + 1))) }
    }
    let read = try #require(try ReadNativeHistogram(registry.expose(.protobuf), "wait_seconds"))
    #expect(read.count == 40_000)
    #expect(read.positive.values.reduce(0, +) == 40_000)
    #expect(read.populated <= 60)
  }

  @Test("count, sum and buckets of a page belong to the same observations, whoever observes meanwhile")
  func consistent() async throws {
    let registry = Registry()
    let histogram = registry.histogram(Self.family(NativeBuckets(schema: 4), bounds: [0.5, 2]))
    let isOver = DispatchSemaphore(value: 0)
    let group = DispatchGroup()
    for _ in 0..<3 {
      DispatchQueue.global().async(group: group) {
        // Whole values: their sum is exact, and it tells how many there were.
        while isOver.wait(timeout: .now()) == .timedOut { for _ in 0..<1_000 { histogram.observe(1) } }
        isOver.signal()
      }
    }
    for _ in 0..<300 {
      let read = try #require(try ReadNativeHistogram(registry.expose(.protobuf), "wait_seconds"))
      #expect(read.sum == Double(read.count))
      #expect(read.positive.values.reduce(0, +) == read.count)
      #expect(read.classic.map(\.count) == [0, read.count])
    }
    isOver.signal()
    group.wait()
    let last = try #require(try ReadNativeHistogram(registry.expose(.protobuf), "wait_seconds"))
    #expect(last.count > 0 && last.count % 1_000 == 0)
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
