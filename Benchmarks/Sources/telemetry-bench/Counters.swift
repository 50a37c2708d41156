import MetricModel
import Telemetry

enum Counters {
  private static let plain = Family<Counter, NoLabels>("bench_operations_total", "Operations.")
  private static let labelled = Family<Counter, ClosedPair>("bench_requests_total", "Requests answered.")

  static let cases = [
    Case("counter") {
      let counter = Registry().counter(plain)
      return { operations in Stopwatch.time { for _ in 0..<operations { counter.add(1) } } }
    },
    Case("counter-labels") {
      let counter = Registry().counter(labelled)
      return { operations in
        LabelValues.closed.withUnsafeBufferPointer { labels in
          Stopwatch.time { for index in 0..<operations { counter.add(1, labels[index & 15]) } }
        }
      }
    },
    Case("counter-2-threads") {
      let counter = Registry().counter(plain)
      return { operations throws(CaseError) in
        try Threads.time(2) { for _ in 0..<operations / 2 { counter.add(1) } }
      }
    },
  ]
}
