import MetricModel
import Telemetry

enum Lookups {
  private static let family = Family<Counter, OpenPair>("bench_requests_total", "Requests answered.")

  static let cases = [
    lookup("lookup", LabelValues.longRoutes), lookup("lookup-short", LabelValues.shortRoutes),
    lookup("lookup-copies", LabelValues.longRoutes, areCopies: true),
  ]

  /// One increment with 2 label values, 16 series in turn.
  /// - Parameter areCopies: the strings that are looked up are not those that the series were made with, as where they
  ///   are read from requests.
  private static func lookup(_ name: String, _ routes: [String], areCopies: Bool = false) -> Case {
    Case(name) {
      let counter = Registry().counter(family, maximumSeries: 100)
      for labels in LabelValues.open(routes) { counter.add(1, labels) }
      let labels = LabelValues.open(areCopies ? routes.map { String(decoding: Array($0.utf8), as: UTF8.self) } : routes)
      return { operations in
        labels.withUnsafeBufferPointer { labels in
          Stopwatch.time { for index in 0..<operations { counter.add(1, labels[index & 15]) } }
        }
      }
    }
  }
}
