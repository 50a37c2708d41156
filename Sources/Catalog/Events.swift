import MetricModel

/// How events leave agente-deposito's database.
package enum Outbox {
  private static let byHand = FamilyUse.notNeeded("read by hand when consumers do not hear of changes")

  package static let pending = Family<Gauge, NoLabels>(
    "outbox_pending_events", "Events of committed changes that Redis has not acknowledged.", use: byHand)
  package static let oldestAge = Family<Gauge, NoLabels>(
    "outbox_oldest_event_age_seconds", "Age of the oldest event that Redis has not acknowledged; 0 where none waits.",
    unit: .seconds, use: byHand)
  package static let published = Family<Counter, NoLabels>(
    "outbox_published_total", "Events that Redis acknowledged to this process, repetitions included.", use: byHand)
  package static let setAside = Family<Counter, NoLabels>(
    "outbox_set_aside_total", "Events that were set aside since Redis refuses them.", use: byHand)

  package static let all = [pending.descriptor, oldestAge.descriptor, published.descriptor, setAside.descriptor]
}

/// What a process does with the events that it listens to.
package enum EventConsumption {
  private static let byHand = FamilyUse.notNeeded("read by hand when a consumer is behind")

  package static let consumed = Family<Counter, EventResult>(
    "events_consumed_total", "Events by what became of them.", use: byHand)
  package static let failures = Family<Counter, NoLabels>(
    "events_failed_attempts_total", "Attempts to handle an event that failed.", use: byHand)
  package static let waiting = Family<Gauge, NoLabels>(
    "events_waiting", "Events in the stream that this process' group has not acknowledged.", use: byHand)
  package static let oldestAge = Family<Gauge, NoLabels>(
    "events_oldest_waiting_age_seconds", "Time in the stream of the oldest event that waits; 0 where none does.",
    unit: .seconds, use: byHand)

  package static let all = [consumed.descriptor, failures.descriptor, waiting.descriptor, oldestAge.descriptor]
}

package enum EventResult: ClosedLabel {
  case procesado
  /// Seen before: acknowledged and not handled again.
  case duplicado
  /// Failed too often, or no event at all: moved to the stream of those set aside.
  case apartado
  package static let labelName = "resultado"
  @inlinable package static var count: Int { 3 }
}
