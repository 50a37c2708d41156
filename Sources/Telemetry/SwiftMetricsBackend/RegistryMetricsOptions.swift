import MetricModel

/// What swift-metrics does not say of a metric. Where an option goes by label, it is the label as the recording code
/// writes it (`http.requests`); of several labels that become one family, the first one's stands.
public struct RegistryMetricsOptions: Sendable {
  /// How a histogram counts: in classic buckets, native ones, or both.
  public struct Buckets: Sendable, Hashable {
    /// Upper bounds, without `+Inf`; rising and finite, whatever was given.
    public let bounds: [Double]
    /// Beside the bounds, or instead of them; nil for none.
    public let native: NativeBuckets?

    /// Bounds may come in any order; those that are not finite are left out.
    public init(bounds: [Double] = [], native: NativeBuckets? = nil) {
      self.bounds = Set(bounds.filter(\.isFinite)).sorted()
      self.native = native
    }
  }

  /// In seconds, from 1 ms to 10 s.
  public var timerBuckets = Buckets(bounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
  /// In the recorder's own unit, which swift-metrics does not know: from 1 to a million.
  public var recorderBuckets = Buckets(bounds: [
    1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000,
  ])
  /// By label; a timer's bounds are in seconds.
  public var buckets: [String: Buckets] = [:]
  /// Help texts by label; without one the page says which label it was.
  public var help: [String: String] = [:]
  /// Sets of dimension values that one name may have.
  public var maximumSeriesPerFamily = 1_000
  /// Names, which in swift-metrics are free text too.
  public var maximumFamilies = 1_000
  /// Labels stay as they are (`http.requests_total`), and each page escapes them as its scraper asked, quoted for
  /// Prometheus 3. By default they are made legal once and for all, since to other scrapers two such names may be one.
  public var keepsUTF8Names = false

  /// As above.
  public init() {}
}
