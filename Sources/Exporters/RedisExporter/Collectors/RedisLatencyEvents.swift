import Catalog
import ExporterKit
import MetricModel
import Redis
import Telemetry

/// `LATENCY LATEST`: the last spike of each kind that the latency monitor saw, where `latency-monitor-threshold` turns
/// it on. Costs the server next to nothing.
struct LatencyEventsCollector: PipelinedCollector {
  let name = "latency_events"
  let help = "LATENCY LATEST: último pico de cada evento del monitor de latencia."

  func questions(to session: RedisSession) -> [RedisCommand] { session.mode == .sentinel ? [] : [Self.command] }

  private static let command = RedisCommand("LATENCY", "LATEST", name: "LATENCY LATEST")

  func read(
    _ answers: RedisAnswers, from session: RedisSession, into reading: inout RedisReading
  ) throws(RedisError) {
    // event, when (s), last (ms), highest (ms)
    let events = try answers[0].elements.map { Array($0.elements) }.filter { $0.count > 2 }
    for event in events {
      guard let name = event[0].string, let last = event[1].integer else { continue }
      reading.batch.add(RedisInstance.LatencyEvents.spikeLast, EventName(name), Double(last))
    }
    for event in events {
      guard let name = event[0].string, let duration = event[2].integer else { continue }
      reading.batch.add(RedisInstance.LatencyEvents.spikeDurationSeconds, EventName(name), Double(duration) / 1000)
    }
  }
}
