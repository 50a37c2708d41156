import MetricModel
import Telemetry

enum Lookups {
  private static let family = Family<Counter, OpenPair>("bench_requests_total", "Requests answered.")

  static let cases = [lookup("lookup", LabelValues.longRoutes), lookup("lookup-short", LabelValues.shortRoutes)]

  /// One increment with 2 label values, 16 series in turn.
  private static func lookup(_ name: String, _ routes: [String]) -> Case {
    Case(name) {
      let counter = Registry().counter(family, maximumSeries: 100)
      let labels = LabelValues.open(routes)
      return { operations in
        labels.withUnsafeBufferPointer { labels in
          Stopwatch.time { for index in 0..<operations { counter.add(1, labels[index & 15]) } }
        }
      }
    }
  }
}
