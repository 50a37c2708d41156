import Catalog
import MetricModel
import Synchronization
import Telemetry

/// `events_*`. What waits has samples only while Redis answers and it is this process' turn: an old number would look
/// alive.
final class ConsumerMetrics: Collector {
  let consumed: CounterInstrument<EventResult>
  let failures: CounterInstrument<NoLabels>
  private let waiting = Mutex<(count: Int64, oldestSeconds: Double)?>(nil)

  init(_ registry: Registry) {
    consumed = registry.counter(EventConsumption.consumed)
    failures = registry.counter(EventConsumption.failures)
    registry.register(self)
  }

  func setWaiting(_ value: (count: Int64, oldestSeconds: Double)?) { waiting.withLock { $0 = value } }

  func collect(into batch: inout SampleBatch) {
    guard let waiting = waiting.withLock({ $0 }) else { return }
    batch.add(EventConsumption.waiting, Double(waiting.count))
    batch.add(EventConsumption.oldestAge, waiting.oldestSeconds)
  }
}
