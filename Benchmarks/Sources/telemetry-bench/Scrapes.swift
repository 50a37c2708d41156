import MetricModel
import Telemetry

/// Whole scrapes, an operation being a series.
enum Scrapes {
  static let small = 10_000
  static let large = 100_000
  private static let families = 10

  static let cases =
    [("text", ExpositionFormat.text), ("openmetrics", .openMetrics), ("protobuf", .protobuf)].flatMap { name, format in
      [small, large].map { series in
        Case("\(name)-\(series)") {
          let registry = registry(series: series)
          return { operations in
            Stopwatch.time { for _ in 0..<operations / series { scrape(registry, format) } }
          }
        }
      }
    }

  private static func scrape(_ registry: Registry, _ format: ExpositionFormat) {
    let page = registry.page(format)
    while page.next() != nil {}
  }

  /// Five families of counters and five of gauges, two labels each; half of the values are no integers.
  static func registry(series: Int) -> Registry {
    let registry = Registry()
    let perFamily = series / families
    for family in 0..<families / 2 {
      let counter = registry.counter(
        Family<Counter, OpenPair>("bench_counter_\(family)_total", "A counter of the benchmark."),
        maximumSeries: perFamily)
      let gauge = registry.gauge(
        Family<Gauge, OpenPair>("bench_gauge_\(family)", "A gauge of the benchmark."), maximumSeries: perFamily)
      for index in 0..<perFamily {
        counter.add(value(index, family), labels(index))
        gauge.set(value(index, family), labels(index))
      }
    }
    return registry
  }

  private static func value(_ index: Int, _ family: Int) -> Double {
    let whole = Double(index * 7 + family)
    return index % 2 == 0 ? whole : whole / 7 + 0.3
  }

  private static func labels(_ index: Int) -> OpenPair {
    OpenPair(
      MethodText(LabelValues.methods[index % 4]), RouteText("/api/v1/productos/\(index / 4)"))
  }
}
