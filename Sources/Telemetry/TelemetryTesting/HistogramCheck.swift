/// Whether the samples of a histogram add up, as the format's "Histograms and summaries" wants it.
enum HistogramCheck {
  private struct Series {
    var buckets: [(bound: Double, sample: ExpositionText.Sample)] = []
    var count: ExpositionText.Sample?
    var sum: ExpositionText.Sample?
  }

  static func check(_ name: String, _ samples: [ExpositionText.Sample], line: Int) throws(ExpositionTextError) {
    var all: [Set<ExpositionText.Label>: Series] = [:]
    for sample in samples {
      let key = Set(sample.labels.filter { $0.name != "le" })
      var series = all[key, default: Series()]
      switch sample.name.dropFirst(name.count) {
      case "_bucket": series.buckets.append((sample[label: "le"].flatMap(SampleValue.parse) ?? .nan, sample))
      case "_count": series.count = sample
      default: series.sum = sample
      }
      all[key] = series
    }
    for series in all.values.sorted(by: { first(of: $0) < first(of: $1) }) { try check(name, series, line: line) }
  }

  private static func first(of series: Series) -> Int {
    series.buckets.first?.sample.line ?? series.count?.line ?? series.sum?.line ?? 0
  }

  private static func check(_ name: String, _ series: Series, line: Int) throws(ExpositionTextError) {
    guard let last = series.buckets.last, last.bound == .infinity else {
      throw ExpositionTextError(line: max(first(of: series), line), "\(name) has no bucket +Inf at the end")
    }
    for (one, next) in zip(series.buckets, series.buckets.dropFirst()) {
      guard one.bound < next.bound else {
        throw ExpositionTextError(line: next.sample.line, "the bounds of \(name) do not increase")
      }
      guard one.sample.value <= next.sample.value else {
        throw ExpositionTextError(line: next.sample.line, "the buckets of \(name) are not cumulative")
      }
    }
    guard let count = series.count, series.sum != nil else {
      throw ExpositionTextError(line: last.sample.line, "\(name) lacks its _count or its _sum")
    }
    guard count.value == last.sample.value else {
      throw ExpositionTextError(line: count.line, "the count of \(name) is not that of its bucket +Inf")
    }
  }
}
