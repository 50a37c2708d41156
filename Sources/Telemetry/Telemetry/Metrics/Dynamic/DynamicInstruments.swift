import MetricModel

/// Families whose names and labels become known at run time: what an adapter of another metrics API records into. A
/// program that knows its families when it is written declares them and lets the compiler check the labels.
extension Registry {
  /// A counter whose label values are strings in the order of the descriptor's names; the same descriptor gives the
  /// same counter. Safe from any thread; takes a lock.
  /// - Parameters:
  ///   - descriptor: of the kind `counter`; another kind is a conflict.
  ///   - maximumSeries: past it everything goes to one series whose label values are all `overflow`, and the
  ///     problem handler hears of each.
  /// - Returns: nil where the name belongs to another family, of which the problem handler hears; nothing is exposed
  ///   then.
  public func counter(named descriptor: FamilyDescriptor, maximumSeries: Int) -> DynamicCounter? {
    dynamic(descriptor, .counter) { DynamicCounter(openSeries($0, maximumSeries), self) }
  }

  /// A gauge: see `counter(named:maximumSeries:)`.
  public func gauge(named descriptor: FamilyDescriptor, maximumSeries: Int) -> DynamicGauge? {
    dynamic(descriptor, .gauge) { DynamicGauge(openSeries($0, maximumSeries), self) }
  }

  /// A histogram with the descriptor's bounds and native buckets: see `counter(named:maximumSeries:)`.
  public func histogram(named descriptor: FamilyDescriptor, maximumSeries: Int) -> DynamicHistogram? {
    dynamic(descriptor, .histogram) { DynamicHistogram(openSeries($0, maximumSeries), self) }
  }

  private func dynamic<I: Exposable>(
    _ descriptor: FamilyDescriptor, _ kind: Kind, make: (FamilyDescriptor) -> I
  ) -> I? {
    guard descriptor.kind == kind else {
      report(.nameConflict(descriptor.name))
      return nil
    }
    return exposedInstrument(descriptor, make: make)
  }
}

/// A gauge whose labels are known at run time; safe from any thread.
public final class DynamicGauge: Exposable {
  private let gauge: OpenGaugeInstrument<Values>
  private let arity: LabelArity
  var descriptor: FamilyDescriptor { gauge.descriptor }

  init(_ series: OpenSeries<GaugeCells>, _ registry: Registry) {
    gauge = OpenGaugeInstrument(series)
    arity = LabelArity(series.descriptor, registry)
  }

  /// One series, looked up once, without a lock; it is exposed from then on.
  /// - Parameter values: in the order of the descriptor's names.
  /// - Returns: nil where their number is another, of which the problem handler hears.
  public func series(_ values: [String]) -> GaugeSeries? { arity.holds(values) ? gauge.series(Values(values)) : nil }

  func cursor() -> FamilyCursor { gauge.cursor() }
}

/// A histogram whose labels are known at run time; safe from any thread.
public final class DynamicHistogram: Exposable {
  private let histogram: OpenHistogramInstrument<Values>
  private let arity: LabelArity
  var descriptor: FamilyDescriptor { histogram.descriptor }

  init(_ series: OpenSeries<HistogramCells>, _ registry: Registry) {
    histogram = OpenHistogramInstrument(series)
    arity = LabelArity(series.descriptor, registry)
  }

  /// One series, looked up once, without a lock; it is exposed from then on.
  /// - Parameter values: in the order of the descriptor's names.
  /// - Returns: nil where their number is another, of which the problem handler hears.
  public func series(_ values: [String]) -> HistogramSeries? {
    arity.holds(values) ? histogram.series(Values(values)) : nil
  }

  func cursor() -> FamilyCursor { histogram.cursor() }
}

/// How many label values a series of the family has.
struct LabelArity: Sendable {
  private let name: String
  private let count: Int
  private let report: @Sendable (Registry.Problem) -> Void

  init(_ descriptor: FamilyDescriptor, _ registry: Registry) {
    name = descriptor.name
    count = descriptor.labelNames.count
    report = { [weak registry] in registry?.report($0) }
  }

  /// False, and reported, where the values are another family's.
  func holds(_ values: [String]) -> Bool {
    if values.count == count { return true }
    report(.nameConflict(name))
    return false
  }
}
