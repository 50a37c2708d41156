import Catalog
import MetricModel
import Telemetry

/// What a scrape has found so far. Whoever must be answered before its end gets it as it is: what is not there yet
/// counts as failed.
struct ScrapeReport: Sendable {
  enum Outcome {
    case pending
    case running(since: ContinuousClock.Instant)
    case succeeded(Duration, series: Int)
    case failed(Duration, category: String)
    /// The target has nothing of the kind: no error, and a success where the target's kind has it so.
    case absent(Duration)
  }

  private let families: ExporterSelf
  private let up: Family<Gauge, NoLabels>?
  private let names: [String]
  private let absenceIsSuccess: Bool
  private let started: ContinuousClock.Instant
  private var ended: ContinuousClock.Instant?
  private var isUp = false
  private var outcomes: [String: Outcome] = [:]
  private var batches: [String: SampleBatch] = [:]
  /// Of the target as a whole.
  private var samples = SampleBatch()

  /// - Parameter names: of the collectors, in the order in which they run.
  init(
    _ families: ExporterSelf, up: Family<Gauge, NoLabels>?, names: [String], absenceIsSuccess: Bool = true,
    at now: ContinuousClock.Instant
  ) {
    self.families = families
    self.up = up
    self.names = names
    self.absenceIsSuccess = absenceIsSuccess
    started = now
  }

  mutating func targetAnswered() { isUp = true }

  mutating func begin(_ name: String, at now: ContinuousClock.Instant) { outcomes[name] = .running(since: now) }

  mutating func succeed(_ name: String, at now: ContinuousClock.Instant, with batch: SampleBatch) {
    guard !isOver(name) else { return }
    outcomes[name] = .succeeded(elapsed(name, now), series: batch.seriesCount)
    batches[name] = batch
  }

  /// - Parameter category: of the failure.
  mutating func fail(_ name: String, at now: ContinuousClock.Instant, category: String) {
    if !isOver(name) { outcomes[name] = .failed(elapsed(name, now), category: category) }
  }

  mutating func skip(_ name: String, at now: ContinuousClock.Instant) {
    if !isOver(name) { outcomes[name] = .absent(elapsed(name, now)) }
  }

  mutating func add(_ batch: SampleBatch) { samples.append(batch) }

  /// Whether it has ended already: what a reading that was given up brings later does not count.
  func isOver(_ name: String) -> Bool {
    switch outcomes[name] ?? .pending {
    case .pending, .running: false
    case .succeeded, .failed, .absent: true
    }
  }

  mutating func end(at now: ContinuousClock.Instant) { ended = now }

  private func elapsed(_ name: String, _ now: ContinuousClock.Instant) -> Duration {
    if case .running(let since) = outcomes[name] { now - since } else { .zero }
  }

  func batch(at now: ContinuousClock.Instant) -> SampleBatch {
    // In the order of the collectors, whichever ended first: a registry knows a page by its families' order.
    let read = names.compactMap { batches[$0] }
    var batch = SampleBatch()
    for own in read where !own.isForeign { batch.append(own) }
    batch.append(samples)
    if let up { batch.add(up, isUp ? 1 : 0) }
    var firstFailure: String?
    for name in names {
      let label = CollectorLabel(name)
      var (duration, isSuccess, series) = (Duration.zero, false, 0)
      switch outcomes[name] ?? .pending {
      case .pending: firstFailure = firstFailure ?? Self.unfinished
      case .running(let since): (duration, firstFailure) = (now - since, firstFailure ?? Self.unfinished)
      case .succeeded(let elapsed, let count): (duration, isSuccess, series) = (elapsed, true, count)
      case .failed(let elapsed, let category): (duration, firstFailure) = (elapsed, firstFailure ?? category)
      case .absent(let elapsed): (duration, isSuccess) = (elapsed, absenceIsSuccess)
      }
      batch.add(families.collectorDuration, label, duration / .seconds(1))
      batch.add(families.collectorSuccess, label, isSuccess ? 1 : 0)
      batch.add(families.collectorSeries, label, Double(series))
    }
    batch.add(families.lastScrapeDuration, ((ended ?? now) - started) / .seconds(1))
    if let family = families.lastScrapeErrorByKind {
      batch.add(family, ScrapeErrorLabel(firstFailure ?? ""), firstFailure == nil ? 0 : 1)
    } else {
      batch.add(families.lastScrapeError, firstFailure == nil ? 0 : 1)
    }
    // What strangers bring gives way to all that is ours.
    for foreign in read where foreign.isForeign { batch.append(foreign) }
    return batch
  }

  /// The category of what has not ended when the page is made.
  private static let unfinished = "unfinished"
}
