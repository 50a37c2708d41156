import CoreMetrics
import MetricModel
import Telemetry

/// Records what is recorded through swift-metrics into a registry, so that it stands on the same page as what the
/// program declares itself.
///
/// ```swift
/// MetricsSystem.bootstrap(RegistryMetricsFactory(registry))
/// ```
///
/// - A `Counter` and a `FloatingPointCounter` are a counter, a `Meter` and a `Gauge` a gauge, a `Recorder` a histogram
///   of its own unit, a `Timer` a histogram in seconds. `MetricNames` says how they are called on the page.
/// - Each set of dimension values is a series; past `maximumSeriesPerFamily` the rest share one. A second use of a name
///   with another kind or other dimension names, or one whose samples another family already has, records nothing. The
///   registry's problem handler hears of either; nothing traps.
/// - Recording is one virtual call and what the instrument itself costs, without a lock. Making a handler looks its
///   series up: two short locks, no allocation beyond the label values and the handler.
/// - `destroy` leaves the series on the page: other handlers may hold the same one, and a counter that vanishes and
///   comes back lower is a reset to Prometheus. What is destroyed still counts against `maximumSeriesPerFamily`.
///
/// Safe from any thread.
public final class RegistryMetricsFactory: MetricsFactory {
  /// What the registry's `.cardinality` problem names once there are `maximumFamilies` families.
  public static let familyLimitProblem = "swift_metrics_families"

  private let counters: FamilyLookup<DynamicCounter>
  private let gauges: FamilyLookup<DynamicGauge>
  private let recorders: FamilyLookup<DynamicHistogram>
  private let timers: FamilyLookup<DynamicHistogram>

  /// The registry is kept; one factory a registry, since a second one does not know what names the first one gave.
  public init(_ registry: Registry, _ options: RegistryMetricsOptions = RegistryMetricsOptions()) {
    let known = KnownFamilies(maximumFamilies: options.maximumFamilies)
    let describe = FamilyDescriber(options)

    @Sendable func lookup<I: Sendable>(
      _ family: @escaping @Sendable (_ label: String, _ labelNames: [String]) -> FamilyDescriptor,
      _ make: @escaping @Sendable (FamilyDescriptor, _ maximumSeries: Int) -> I?
    ) -> FamilyLookup<I> {
      FamilyLookup(maximumLabels: options.maximumFamilies, dimension: describe.dimension) { label, labelNames in
        known.describe(family(label, labelNames), registry).flatMap { make($0, options.maximumSeriesPerFamily) }
      }
    }
    counters = lookup(describe.counter) { registry.counter(named: $0, maximumSeries: $1) }
    gauges = lookup(describe.gauge) { registry.gauge(named: $0, maximumSeries: $1) }
    recorders = lookup(describe.recorder) { registry.histogram(named: $0, maximumSeries: $1) }
    timers = lookup(describe.timer) { registry.histogram(named: $0, maximumSeries: $1) }
  }

  /// Whole amounts; those below 0 are not counted. `reset` begins the series anew at 0.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    counter(label, dimensions) ?? NOOPMetricsHandler.instance
  }

  /// Into the same family as a counter of that label; amounts that are not finite are not counted.
  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    counter(label, dimensions) ?? NOOPMetricsHandler.instance
  }

  /// Into the same family as a gauge of that label; changes that are not finite are dropped.
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    gauge(label, dimensions) ?? NOOPMetricsHandler.instance
  }

  /// A histogram where it is to `aggregate`; otherwise a gauge, which keeps the last value.
  public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    guard aggregate else { return gauge(label, dimensions) ?? NOOPMetricsHandler.instance }
    return histogram(recorders, label, dimensions).map(RegistryRecorder.init) ?? NOOPMetricsHandler.instance
  }

  /// Nanoseconds come in, seconds are observed, rounded once; durations below 0 are not counted. The preferred display
  /// unit changes nothing: Prometheus' unit of time is the second.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(timers, label, dimensions).map(RegistryTimer.init) ?? NOOPMetricsHandler.instance
  }

  // The series stays: see the type.
  public func destroyCounter(_ handler: any CounterHandler) {}
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  public func destroyMeter(_ handler: any MeterHandler) {}
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  public func destroyTimer(_ handler: any TimerHandler) {}

  private func counter(_ label: String, _ dimensions: [(String, String)]) -> RegistryCounter? {
    guard let (instrument, values) = counters.find(label, dimensions), let series = instrument.series(values) else {
      return nil
    }
    return RegistryCounter(series, of: instrument, values)
  }

  private func gauge(_ label: String, _ dimensions: [(String, String)]) -> RegistryGauge? {
    guard let (instrument, values) = gauges.find(label, dimensions) else { return nil }
    return instrument.series(values).map(RegistryGauge.init)
  }

  private func histogram(
    _ lookup: FamilyLookup<DynamicHistogram>, _ label: String, _ dimensions: [(String, String)]
  ) -> HistogramSeries? {
    lookup.find(label, dimensions).flatMap { $0.instrument.series($0.values) }
  }
}
