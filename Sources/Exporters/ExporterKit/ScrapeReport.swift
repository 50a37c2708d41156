import Catalog
import MetricModel
import Telemetry

/// What a scrape has found so far. Whoever must be answered before its end gets it as it is: what is not there yet
/// counts as failed.
struct ScrapeReport: Sendable {
  private enum Outcome {
    case pending
    case running(since: ContinuousClock.Instant)
    case ended(Duration, isSuccess: Bool, series: Int)
  }

  private let families: ExporterSelf
  private let up: Family<Gauge, NoLabels>
  private let names: [String]
  private let started: ContinuousClock.Instant
  private var ended: ContinuousClock.Instant?
  private var isUp = false
  private var outcomes: [String: Outcome] = [:]
  private var samples = SampleBatch()

  /// - Parameter names: of the collectors, in the order in which they run.
  init(_ families: ExporterSelf, up: Family<Gauge, NoLabels>, names: [String], at now: ContinuousClock.Instant) {
    self.families = families
    self.up = up
    self.names = names
    started = now
  }

  mutating func targetAnswered() { isUp = true }

  mutating func begin(_ name: String, at now: ContinuousClock.Instant) { outcomes[name] = .running(since: now) }

  /// - Parameter batch: nil where it failed.
  mutating func end(_ name: String, at now: ContinuousClock.Instant, with batch: SampleBatch?) {
    var elapsed = Duration.zero
    if case .running(let since) = outcomes[name] { elapsed = now - since }
    outcomes[name] = .ended(elapsed, isSuccess: batch != nil, series: batch?.sampleCount ?? 0)
    if let batch { samples.append(batch) }
  }

  mutating func end(at now: ContinuousClock.Instant) { ended = now }

  func batch(at now: ContinuousClock.Instant) -> SampleBatch {
    var batch = samples
    batch.add(up, isUp ? 1 : 0)
    var hasFailed = false
    for name in names {
      let label = CollectorLabel(name)
      var (elapsed, isSuccess, series) = (Duration.zero, false, 0)
      switch outcomes[name] ?? .pending {
      case .pending: break
      case .running(let since): elapsed = now - since
      case .ended(let duration, let success, let count): (elapsed, isSuccess, series) = (duration, success, count)
      }
      hasFailed = hasFailed || !isSuccess
      batch.add(families.collectorDuration, label, elapsed / .seconds(1))
      batch.add(families.collectorSuccess, label, isSuccess ? 1 : 0)
      batch.add(families.collectorSeries, label, Double(series))
    }
    batch.add(families.lastScrapeDuration, ((ended ?? now) - started) / .seconds(1))
    batch.add(families.lastScrapeError, hasFailed ? 1 : 0)
    return batch
  }
}
