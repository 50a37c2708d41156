import Catalog
import Logging
import MetricModel
import Telemetry

/// What a metrics page is made from.
package protocol ScrapeSource: Sendable {
  /// The collectors that are enabled, in the order in which they run.
  var collectorNames: [String] { get }
  /// A page's samples, at the latest when the request's `budget.answer` is over.
  func scrape(_ request: ScrapeRequest) async throws(ScrapeBusy) -> SampleBatch
  /// The last thing that is asked of it.
  func close() async
}

/// Answers scrapes of one target: requests that come together share a scrape, and each is answered in time with what
/// is there.
package actor Scraper<Target: ExporterTarget>: ScrapeSource where Target.Collector: Sendable {
  package nonisolated let collectorNames: [String]
  private let target: Target
  private let collectors: [(name: String, collector: Target.Collector)]
  private let journal: CollectorJournal
  private let executor: (any TaskExecutor)?
  private let alarm = Alarm()
  private var gate = ScrapeGate()
  /// Of the run under way.
  private var progress: ScrapeProgress
  private var waiting: [ScrapeGate.Waiter: CheckedContinuation<SampleBatch, Never>] = [:]
  private var scrapes = 0
  private var joined = 0

  /// - Parameters:
  ///   - collectors: those that are enabled, in the order in which they run.
  ///   - name: of a collector; for protocols, whose existential does not conform to `ExporterCollector`.
  ///   - executor: where scrapes run; nil for the concurrency runtime's own threads.
  package init(
    _ target: Target, collectors: [Target.Collector], name: (Target.Collector) -> String,
    executor: (any TaskExecutor)? = nil, logger: Logger
  ) {
    self.target = target
    self.executor = executor
    self.collectors = collectors.map { (name($0), $0) }
    collectorNames = self.collectors.map(\.name)
    journal = CollectorJournal(logger, address: target.address) { target.failure(of: $0) }
    progress = Self.progress(target, collectorNames, journal)
  }

  private static func progress(_ target: Target, _ names: [String], _ journal: CollectorJournal) -> ScrapeProgress {
    let report = ScrapeReport(
      target.selfFamilies, up: target.up, names: names, absenceIsSuccess: target.absenceIsSuccess, at: .now)
    return ScrapeProgress(report, journal)
  }

  package func scrape(_ request: ScrapeRequest) async throws(ScrapeBusy) -> SampleBatch {
    let start = ContinuousClock.now
    let waiter: ScrapeGate.Waiter
    switch gate.arrive(request.collectors, patience: request.budget.work, at: start) {
    case .refused: throw ScrapeBusy()
    case .joins(let number):
      joined += 1
      waiter = number
    case .waits(let number): waiter = number
    case .starts(let number, let run):
      waiter = number
      begin(run)
    }
    let limit = alarm.set(at: start + request.budget.answer) { [executor] in
      Task(executorPreference: executor) { await self.expire(waiter, request) }
    }
    // The scrape was faster.
    defer { alarm.cancel(limit) }
    return request.selected(from: await withCheckedContinuation { waiting[waiter] = $0 })
  }

  package func close() async { await target.close() }

  private func begin(_ run: ScrapeGate.Run) {
    scrapes += 1
    let chosen = collectors.filter { run.collectors?.contains($0.name) ?? true }
    let progress = Self.progress(target, chosen.map { $0.name }, journal)
    self.progress = progress
    Task(executorPreference: executor) { [target] in
      await target.collect(chosen.map { $0.collector }, until: run.deadline, reporting: progress)
      progress.end()
      await self.finish()
    }
  }

  private func finish() {
    let (waiters, next) = gate.finish()
    let page = page(progress)
    for waiter in waiters { resume(waiter, with: page) }
    if let next { begin(next) }
  }

  private func expire(_ waiter: ScrapeGate.Waiter, _ request: ScrapeRequest) {
    guard let hasBegun = gate.expire(waiter) else { return }
    let names = collectorNames.filter { request.collectors?.contains($0) ?? true }
    resume(waiter, with: page(hasBegun ? progress : Self.progress(target, names, journal)))
  }

  private func resume(_ waiter: ScrapeGate.Waiter, with page: SampleBatch) {
    waiting.removeValue(forKey: waiter)?.resume(returning: page)
  }

  /// As it is at this moment.
  private func page(_ progress: ScrapeProgress) -> SampleBatch {
    var batch = progress.page()
    batch.append(target.ownSamples)
    let families = target.selfFamilies
    batch.add(families.scrapes, Double(scrapes))
    batch.add(families.joinedScrapes, Double(joined))
    batch.add(families.targetQueries, Double(target.usage.queries))
    batch.add(families.targetReadBytes, Double(target.usage.bytes))
    for name in collectorNames {
      batch.add(families.collectorTimeouts, CollectorLabel(name), Double(journal.timeouts(of: name)))
    }
    return batch
  }
}
