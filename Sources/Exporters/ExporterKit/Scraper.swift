import Catalog
import Logging
import MetricModel
import Telemetry

/// Answers scrapes of one target over one session: its collectors run one after the other, each within its own limit
/// and all within the scrape's; the session is opened when a scrape needs it, and again after it was lost.
package actor Scraper<Target: ExporterTarget>: ScrapeSource {
  package typealias Collector = any ExporterCollector<Target.Session>

  let target: Target
  let probe: Collector
  let collectors: [Collector]
  let logger: Logger
  var session: Target.Session?
  var delay = ReconnectDelay()
  var report: ScrapeReport
  private var changes = StateChanges()
  private var gate = ScrapeGate()
  private var waiting: [ScrapeGate.Waiter: CheckedContinuation<SampleBatch, Never>] = [:]
  private var scrapes = 0
  private var joined = 0
  private var timeouts: [String: Int] = [:]

  /// - Parameters:
  ///   - probe: asks first, and decides whether the target is up.
  ///   - collectors: in the order in which they run.
  package init(_ target: Target, probe: Collector, collectors: [Collector], logger: Logger) {
    self.target = target
    self.probe = probe
    self.collectors = collectors
    self.logger = logger
    report = Self.report(target, [probe] + collectors)
  }

  private static func report(_ target: Target, _ collectors: [Collector]) -> ScrapeReport {
    ScrapeReport(target.selfFamilies, up: target.up, names: collectors.map(\.name), at: .now)
  }

  /// A page's samples, at the latest when `budget.answer` is over.
  package func scrape(_ budget: ScrapeBudget) async -> SampleBatch {
    let start = ContinuousClock.now
    let (waiter, starts) = gate.arrive()
    if starts {
      scrapes += 1
      report = Self.report(target, [probe] + collectors)
      Task { await run(until: start + budget.work) }
    } else {
      joined += 1
    }
    let timer = Task {
      // Cancelled when the scrape is faster.
      if (try? await Task.sleep(until: start + budget.answer, clock: .continuous)) != nil { expire(waiter) }
    }
    defer { timer.cancel() }
    return await withCheckedContinuation { waiting[waiter] = $0 }
  }

  /// Ends the session; the last thing that is asked of a scraper.
  package func close() async { await forgetSession() }

  func forgetSession() async {
    guard let lost = session else { return }
    session = nil
    await target.close(lost)
  }

  private func run(until deadline: ContinuousClock.Instant) async {
    await collectAll(until: deadline)
    report.end(at: .now)
    for waiter in gate.finish() { resume(waiter) }
  }

  private func expire(_ waiter: ScrapeGate.Waiter) {
    if gate.expire(waiter) { resume(waiter) }
  }

  /// With the page as it is at this moment: the next scrape may begin before the waiter runs again.
  private func resume(_ waiter: ScrapeGate.Waiter) { waiting.removeValue(forKey: waiter)?.resume(returning: page()) }

  private func page() -> SampleBatch {
    var batch = report.batch(at: .now)
    let families = target.selfFamilies
    batch.add(families.scrapes, Double(scrapes))
    batch.add(families.joinedScrapes, Double(joined))
    for collector in [probe] + collectors {
      batch.add(families.collectorTimeouts, CollectorLabel(collector.name), Double(timeouts[collector.name] ?? 0))
    }
    return batch
  }

  /// Logs what changed.
  /// - Parameter error: nil where the collector succeeded.
  func note(_ name: String, _ error: (any Error)?) {
    let failure = error.map { target.failure(of: $0) }
    if failure?.isTimeout == true { timeouts[name, default: 0] += 1 }
    let subject: Logger.Metadata = ["collector": "\(name)", "target": "\(target.address)"]
    switch changes.note(name, failure?.category) {
    case .none: break
    case .works(let again): logger.log(level: again ? .notice : .debug, "the collector works", metadata: subject)
    case .fails:
      logger.error("the collector fails; while that lasts this is not repeated", error: error, metadata: subject)
    }
  }
}

/// What a metrics page is made from.
package protocol ScrapeSource: Sendable {
  func scrape(_ budget: ScrapeBudget) async -> SampleBatch
  func close() async
}
