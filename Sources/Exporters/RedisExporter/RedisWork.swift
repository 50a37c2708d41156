import Catalog
import MetricModel
import Synchronization
import Telemetry

/// The exporter's own work on one target, as the standard exporter tells it. Safe from any thread.
final class RedisWork: Sendable {
  private struct State {
    var scrapes = 0
    var scrapeTime = Duration.zero
    var connectTime = Duration.zero
    var pingTime: Duration?
  }

  private let errors: RequestErrors?
  private let state = Mutex(State())

  /// - Parameter errors: nil of a target that a request named.
  init(errors: RequestErrors?) { self.errors = errors }

  func note(scrape duration: Duration) {
    state.withLock { state in
      state.scrapes += 1
      state.scrapeTime += duration
    }
  }

  func note(connect duration: Duration) { state.withLock { $0.connectTime = duration } }

  func note(ping duration: Duration) { state.withLock { $0.pingTime = duration } }

  func add(to batch: inout SampleBatch) {
    let state = state.withLock { $0 }
    batch.add(RedisInstance.Work.connectSeconds, state.connectTime / .seconds(1))
    if let ping = state.pingTime { batch.add(RedisInstance.Work.pingSeconds, ping / .seconds(1)) }
    batch.add(
      RedisInstance.Work.scrapeSeconds, NoLabels(),
      Distribution([], sum: state.scrapeTime / .seconds(1), count: Double(state.scrapes)))
    if let errors { batch.add(RedisInstance.Work.requestErrors, Double(errors.count)) }
  }
}
