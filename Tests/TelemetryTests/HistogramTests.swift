import MetricModel
import Telemetry
import Testing

@Suite("Histograms")
struct HistogramTests {
  private static let series = ["0.1", "0.25", "1", "2.5", "+Inf"].map { "wait_seconds_bucket{le=\"\($0)\"}" }

  private func buckets(after values: [Double]) -> [String] {
    let registry = Registry()
    let histogram = registry.histogram(Families.waits)
    for value in values { histogram.observe(value) }
    let samples = registry.samples()
    #expect(samples["wait_seconds_count"] == samples[Self.series[4]])
    return Self.series.map { samples[$0] ?? "absent" }
  }

  @Test("an upper bound is inclusive, and the next value above it is not in the bucket")
  func boundaries() {
    #expect(buckets(after: [0.1]) == ["1", "1", "1", "1", "1"])
    #expect(buckets(after: [Double(0.1).nextUp]) == ["0", "1", "1", "1", "1"])
    #expect(buckets(after: [2.5]) == ["0", "0", "0", "1", "1"])
    #expect(buckets(after: [Double(2.5).nextUp]) == ["0", "0", "0", "0", "1"])
    #expect(buckets(after: [0]) == ["1", "1", "1", "1", "1"])
  }

  @Test("buckets are cumulative, and the count equals +Inf")
  func cumulative() {
    #expect(buckets(after: [0.05, 0.2, 0.2, 0.9, 3, 1e9]) == ["1", "3", "4", "4", "6"])
    #expect(buckets(after: []) == ["0", "0", "0", "0", "0"])
  }

  @Test("infinity is counted above every bound, NaN not at all")
  func extremes() {
    #expect(buckets(after: [.infinity]) == ["0", "0", "0", "0", "1"])
    #expect(buckets(after: [.nan, 0.2]) == ["0", "1", "1", "1", "1"])
  }

  @Test("the sum is that of the observations")
  func sum() {
    let registry = Registry()
    let histogram = registry.histogram(Families.waits)
    for value in [0.5, 0.25, 8] { histogram.observe(value) }
    #expect(registry.samples()["wait_seconds_sum"] == "8.75")
    #expect(histogram.count(NoLabels()) == 3)
  }

  @Test("series do not share cells")
  func series() {
    let registry = Registry()
    let family = Family<Histogram, Colour>("dry_seconds", "Time to dry.", unit: .seconds, bounds: [1, 2])
    let histogram = registry.histogram(family)
    histogram.observe(1.5, .red)
    histogram.observe(9, .red)
    histogram.observe(0.5, .green)
    let samples = registry.samples()
    #expect(samples["dry_seconds_bucket{colour=\"red\",le=\"1\"}"] == "0")
    #expect(samples["dry_seconds_bucket{colour=\"red\",le=\"2\"}"] == "1")
    #expect(samples["dry_seconds_bucket{colour=\"red\",le=\"+Inf\"}"] == "2")
    #expect(samples["dry_seconds_bucket{colour=\"green\",le=\"1\"}"] == "1")
    #expect(samples["dry_seconds_sum{colour=\"green\"}"] == "0.5")
    #expect(samples["dry_seconds_count{colour=\"blue\"}"] == "0")
  }

  @Test("a scrape amid observations never shows a count beside its buckets")
  func consistent() async {
    let registry = Registry()
    let histogram = registry.histogram(Families.waits)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for step in 0..<200_000 { histogram.observe(Double(step % 5)) } }
      group.addTask {
        for _ in 0..<200 {
          let samples = registry.samples()
          let counts = Self.series.compactMap { samples[$0].flatMap(Int.init) }
          #expect(counts == counts.sorted())
          #expect(samples["wait_seconds_count"] == samples[Self.series[4]])
        }
      }
    }
    #expect(histogram.count(NoLabels()) == 200_000)
  }
}
