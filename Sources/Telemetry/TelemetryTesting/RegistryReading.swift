import Telemetry

/// What a test asks of a registry. Each call collects it as a scrape does and reads the page strictly: it costs what a
/// scrape costs and is safe from any thread. No test framework is needed.
extension Registry {
  /// The registry's page, read. Names beyond the legacy alphabet are there as they are.
  /// - Throws: where the registry writes a page that the format forbids.
  public func collected() throws(ExpositionTextError) -> ExpositionText {
    try ExpositionText(bytes: expose(.textUTF8), allowsQuotedNames: true)
  }

  /// The value of one sample; of a histogram it is that of `x_count`, `x_sum` or `x_bucket`.
  /// - Parameter labels: all of the series' labels.
  /// - Returns: nil where there is no such series, or the page cannot be read.
  public func value(of name: String, _ labels: [String: String] = [:]) -> Double? {
    let samples = (try? collected())?.families.flatMap(\.samples) ?? []
    return samples.first { $0.name == name && $0.labelValues == labels }?.value
  }

  /// How many series a family has, a histogram's buckets, sum and count as one; 0 where it is not there.
  public func seriesCount(of family: String) -> Int {
    guard let family = (try? collected())?.family(family) else { return 0 }
    return family.seriesCount
  }

  /// How many series all families have together.
  public func seriesCount() -> Int { (try? collected())?.families.reduce(0) { $0 + $1.seriesCount } ?? 0 }

  /// What the registry has and is expected to have otherwise, as text for whoever reads the failing test; nil where
  /// they agree.
  ///
  /// ```swift
  /// #expect(registry.difference(from: """
  ///   # TYPE http_requests_total counter
  ///   http_requests_total{method="GET"} 3
  ///   """) == nil)
  /// ```
  ///
  /// - Parameters:
  ///   - expected: text 0.0.4 or 1.0.0. The order of families, series and labels does not matter, nor do blanks around
  ///     lines and tokens. A family's help and type are compared where the text says them.
  ///   - families: the only ones of the registry that are compared; nil: all.
  ///   - relativeTolerance: how far values may differ, as a share of the larger one, for sums of fractions.
  public func difference(
    from expected: String, only families: [String]? = nil, relativeTolerance: Double = 0
  ) -> String? {
    let wanted: ExpositionText
    do {
      wanted = try ExpositionText(expected.hasSuffix("\n") ? expected : expected + "\n", allowsQuotedNames: true)
    } catch { return "the expected text: \(error)" }
    do {
      let found = try collected().families.filter { families?.contains($0.name) ?? true }
      return PageDifference(wanted.families, found, relativeTolerance: relativeTolerance).text
    } catch { return "the registry's page: \(error)" }
  }

  /// What the naming rules have against the registry's families: see `ExpositionText.problems()`.
  /// - Throws: where the registry writes a page that the format forbids.
  public func problems() throws(ExpositionTextError) -> [NamingProblem] { try collected().problems() }
}

extension ExpositionText.Sample {
  /// By label name.
  public var labelValues: [String: String] {
    Dictionary(labels.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension ExpositionText.Family {
  /// A histogram's and a summary's samples with the same labels are one series.
  var seriesCount: Int {
    switch type {
    case .histogram, .summary:
      Set(samples.map { Set($0.labels.filter { $0.name != "le" && $0.name != "quantile" }) }).count
    default: samples.count
    }
  }
}
