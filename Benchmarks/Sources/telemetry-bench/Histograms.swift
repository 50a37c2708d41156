import MetricModel
import Telemetry

enum Histograms {
  /// Seconds.
  static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

  private static let classic = Family<Histogram, NoLabels>(
    "bench_duration_seconds", "Durations.", unit: .seconds, bounds: bounds)
  private static let native = Family<Histogram, NoLabels>(
    "bench_duration_seconds", "Durations.", unit: .seconds, native: NativeBuckets(schema: 3))

  static let cases = [
    Case("histogram") { observing(Registry().histogram(classic)) },
    Case("histogram-2-threads") {
      let histogram = Registry().histogram(classic)
      return { operations throws(CaseError) in
        try Threads.time(2) {
          for index in 0..<operations / 2 { histogram.observe(values[index & 1_023]) }
        }
      }
    },
    Case("native-histogram") { observing(Registry().histogram(native)) },
  ]

  /// Durations from 0.1 ms to 10 s, as many in each order of magnitude, in an order that no branch predictor learns.
  static let values: [Double] = {
    var state: UInt64 = 1
    return (0..<1_024).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let magnitude = [0.0001, 0.001, 0.01, 0.1, 1][Int((state >> 33) % 5)]
      return magnitude * Double(100 + (state >> 40) % 900) / 100
    }
  }()

  private static func observing(_ histogram: HistogramInstrument<NoLabels>) -> Case.Work {
    { operations in
      values.withUnsafeBufferPointer { values in
        Stopwatch.time { for index in 0..<operations { histogram.observe(values[index & 1_023]) } }
      }
    }
  }
}
