import MetricModel

extension RedisInstance {
  /// `LATENCY LATEST`: what the latency monitor caught.
  package enum LatencyEvents {
    package static let spikeLast = Family<Gauge, EventName>(
      "redis_latency_spike_last", "When the latency spike last occurred", use: parity)
    package static let spikeDurationSeconds = Family<Gauge, EventName>(
      "redis_latency_spike_duration_seconds",
      "Length of the last latency spike in seconds", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      spikeLast.descriptor, spikeDurationSeconds.descriptor,
    ]
  }
}

package enum EventNameKey: LabelKey { package static let name = "event_name" }
package typealias EventName = OpenValue<EventNameKey>
