import CoreMetrics
import Telemetry

/// A series of a counter. Amounts below 0, and what is not a number, are not counted.
final class RegistryCounter: CounterHandler, FloatingPointCounterHandler {
  private let series: CounterSeries
  private let counter: DynamicCounter
  private let values: [String]

  init(_ series: CounterSeries, of counter: DynamicCounter, _ values: [String]) {
    self.series = series
    self.counter = counter
    self.values = values
  }

  func increment(by amount: Int64) { series.add(Int(amount)) }
  func increment(by amount: Double) { series.add(amount) }
  func reset() { counter.reset(values) }
}

/// A series of a gauge: of a meter, or of a recorder that does not aggregate.
final class RegistryGauge: MeterHandler, RecorderHandler {
  private let series: GaugeSeries

  init(_ series: GaugeSeries) { self.series = series }

  func set(_ value: Int64) { series.set(Double(value)) }
  func set(_ value: Double) { series.set(value) }
  func record(_ value: Int64) { series.set(Double(value)) }
  func record(_ value: Double) { series.set(value) }

  // After one amount that is not finite no later one would be seen.
  func increment(by amount: Double) { if amount.isFinite { series.add(amount) } }
  func decrement(by amount: Double) { if amount.isFinite { series.add(-amount) } }
}

/// A series of a histogram in the recorder's unit.
final class RegistryRecorder: RecorderHandler {
  private let series: HistogramSeries

  init(_ series: HistogramSeries) { self.series = series }

  func record(_ value: Int64) { series.observe(Double(value)) }
  func record(_ value: Double) { series.observe(value) }
}

/// A series of a histogram in seconds, which is Prometheus' unit of time whatever a dashboard shows: the preferred
/// unit, a hint for those that display, changes nothing on the page.
final class RegistryTimer: TimerHandler {
  private static let nanosecondsPerSecond = 1_000_000_000.0
  private let series: HistogramSeries

  init(_ series: HistogramSeries) { self.series = series }

  /// A duration below 0 is a clock's mistake and is not counted.
  func recordNanoseconds(_ duration: Int64) {
    if duration >= 0 { series.observe(Double(duration) / Self.nanosecondsPerSecond) }
  }
}
