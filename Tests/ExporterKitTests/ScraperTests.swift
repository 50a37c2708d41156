import Catalog
import Foundation
import Logging
import MetricModel
import Synchronization
import Telemetry
import Testing

@testable import ExporterKit

@Suite("Scraper", .timeLimit(.minutes(1)))
struct ScraperTests {
  private let target = FakeTarget()
  private let log = LogLines()

  private func scraper(_ collectors: FakeCollector...) -> Scraper<FakeTarget> {
    Scraper(target, collectors: collectors, name: { $0.name }, logger: log.logger)
  }

  private func request(_ seconds: String? = nil, _ collectors: Set<String>? = nil) -> ScrapeRequest {
    ScrapeRequest(ScrapeBudget(header: seconds), collectors: collectors)
  }

  @Test("what every collector found, and the exporter's own figures")
  func steady() async throws {
    let scraper = scraper(FakeCollector(name: "a"), FakeCollector(name: "b"))
    for _ in 0..<3 { _ = try await scraper.scrape(request()) }
    let batch = try await scraper.scrape(request())
    #expect(batch.value("fake_up") == 1)
    #expect(batch.value("fake_value", "b") == 1)
    #expect(batch.value("fake_scrape_collector_success", "a") == 1)
    #expect(batch.value("fake_scrape_collector_series", "a") == 1)
    #expect(batch.value("fake_scrape_collector_timeouts_total", "b") == 0)
    #expect(batch.value("fake_exporter_scrapes_total") == 4)
    #expect(batch.value("fake_exporter_joined_scrapes_total") == 0)
    #expect(batch.value("fake_exporter_last_scrape_error") == 0)
    #expect(batch.value("fake_exporter_target_queries_total") == 8)
  }

  @Test("a target that cannot but answer has no up")
  func host() async throws {
    let host = FakeTarget(up: nil)
    let scraper = Scraper(host, collectors: [FakeCollector(name: "a")], name: { $0.name }, logger: log.logger)
    let batch = try await scraper.scrape(request())
    #expect(batch.value("fake_up") == nil)
    #expect(batch.value("fake_value", "a") == 1)
  }

  /// Counts what it runs, on the concurrency runtime's own threads.
  private final class CountingExecutor: TaskExecutor {
    let jobs = Mutex(0)

    func enqueue(_ job: consuming ExecutorJob) {
      jobs.withLock { $0 += 1 }
      let job = UnownedJob(job)
      Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  @Test("the target is read where it was told to")
  func executor() async throws {
    let executor = CountingExecutor()
    let seen = Mutex(false)
    let collector = FakeCollector(name: "a") { _ in
      let isThere = withUnsafeCurrentTask { $0?.unownedTaskExecutor == executor.asUnownedTaskExecutor() }
      seen.withLock { $0 = isThere }
    }
    let scraper = Scraper(target, collectors: [collector], name: { $0.name }, executor: executor, logger: log.logger)
    #expect(try await scraper.scrape(request()).value("fake_value", "a") == 1)
    #expect(seen.withLock { $0 } && executor.jobs.withLock { $0 } > 0)
  }

  @Test("what a failed collector had read is not served; the others are")
  func oneFails() async throws {
    let failing = FakeCollector(name: "a") { _ in throw FakeTarget.Trouble() }
    let batch = try await scraper(failing, FakeCollector(name: "b")).scrape(request())
    #expect(batch.value("fake_up") == 1)
    #expect(batch.value("fake_scrape_collector_success", "a") == 0)
    #expect(batch.value("fake_value", "a") == nil)
    #expect(batch.value("fake_value", "b") == 1)
    #expect(batch.value("fake_exporter_last_scrape_error") == 1)
    #expect(batch.value("fake_scrape_collector_timeouts_total", "a") == 0)
  }

  @Test("a hurried request does not take from a patient one what takes longer")
  func patience() async throws {
    let scraper = scraper(
      FakeCollector(name: "a") { deadline in
        let end = ContinuousClock.now + .milliseconds(300)
        try await Task.sleep(until: min(end, deadline), clock: .continuous)
        if deadline < end { throw FakeTarget.Trouble(isTimeout: true) }
      })
    async let hurried = scraper.scrape(request("0.1"))
    try await Task.sleep(for: .milliseconds(20))
    #expect(try await scraper.scrape(request("10")).value("fake_scrape_collector_success", "a") == 1)
    #expect(try await hurried.value("fake_scrape_collector_success", "a") == 0)
  }

  @Test("a timeout is counted")
  func timeouts() async throws {
    let scraper = scraper(FakeCollector(name: "a") { _ in throw FakeTarget.Trouble(isTimeout: true) })
    _ = try await scraper.scrape(request())
    #expect(try await scraper.scrape(request()).value("fake_scrape_collector_timeouts_total", "a") == 2)
  }

  @Test("a subject that the target does not have is no error")
  func absent() async throws {
    let scraper = scraper(FakeCollector(name: "a") { _ in throw NothingToRead("device") })
    let batch = try await scraper.scrape(request())
    #expect(batch.value("fake_scrape_collector_success", "a") == 1)
    #expect(batch.value("fake_exporter_last_scrape_error") == 0)
    #expect(log.all == ["debug the collector has nothing to read [a]"])
  }

  @Test("a target that does not answer is down, and up again when it does")
  func down() async throws {
    target.state.withLock { $0.isDown = true }
    let scraper = scraper(FakeCollector(name: "a"))
    let batch = try await scraper.scrape(request())
    #expect(batch.value("fake_up") == 0)
    #expect(batch.value("fake_scrape_collector_success", "a") == 0)
    #expect(batch.value("fake_scrape_collector_duration_seconds", "a") == 0)
    target.state.withLock { $0.isDown = false }
    #expect(try await scraper.scrape(request()).value("fake_up") == 1)
  }

  @Test("a problem that lasts is one log line, and so is its end")
  func oneLineAChange() async throws {
    let scraper = scraper(FakeCollector(name: "a"))
    _ = try await scraper.scrape(request())
    target.state.withLock { $0.isDown = true }
    for _ in 0..<5 { _ = try await scraper.scrape(request()) }
    target.state.withLock { $0.isDown = false }
    for _ in 0..<5 { _ = try await scraper.scrape(request()) }
    #expect(
      log.all == [
        "debug the collector works [a]", "error the collector fails; while that lasts this is not repeated [a]",
        "notice the collector works [a]",
      ])
  }

  @Test("a collector that ignores its deadline does not hold up the page, which has the others")
  func disobedient() async throws {
    let stuck = FakeCollector(name: "a") { _ in try await Task.sleep(for: .seconds(8)) }
    let start = ContinuousClock.now
    let batch = try await scraper(stuck, FakeCollector(name: "b")).scrape(request("2"))
    #expect(ContinuousClock.now - start < .seconds(7))
    #expect(batch.value("fake_up") == 1)
    #expect(batch.value("fake_value", "b") == 1)
    #expect(batch.value("fake_scrape_collector_success", "a") == 0)
    #expect((batch.value("fake_scrape_collector_duration_seconds", "a") ?? 0) > 0)
    #expect(batch.value("fake_exporter_last_scrape_error") == 1)
  }

  @Test("overlapping requests share one scrape, each within its own limit")
  func joining() async throws {
    let scraper = scraper(FakeCollector(name: "a") { _ in try await Task.sleep(for: .seconds(5)) })
    async let patient = scraper.scrape(request("10"))
    try await Task.sleep(for: .milliseconds(50))
    async let other = scraper.scrape(request("10"))
    let start = ContinuousClock.now
    let hurried = try await scraper.scrape(request("1"))
    #expect(ContinuousClock.now - start < .seconds(4))
    #expect(hurried.value("fake_scrape_collector_success", "a") == 0)
    #expect(try await patient.value("fake_scrape_collector_success", "a") == 1)
    #expect(try await other.value("fake_scrape_collector_success", "a") == 1)
    #expect(target.state.withLock { $0.readings } == ["a"])
    #expect(try await scraper.scrape(request()).value("fake_exporter_joined_scrapes_total") == 2)
  }

  @Test("a selection runs its collectors alone, one selection after the other")
  func selections() async throws {
    let slow: @Sendable (ContinuousClock.Instant) async throws -> Void = { _ in
      try await Task.sleep(for: .milliseconds(200))
    }
    let scraper = scraper(FakeCollector(name: "a", body: slow), FakeCollector(name: "b", body: slow))
    async let first = scraper.scrape(request(nil, ["a"]))
    try await Task.sleep(for: .milliseconds(50))
    async let second = scraper.scrape(request(nil, ["b"]))
    let batches = try await (first, second)
    #expect(batches.0.value("fake_value", "a") == 1)
    #expect(batches.0.value("fake_scrape_collector_success", "b") == nil)
    #expect(batches.1.value("fake_value", "b") == 1)
    #expect(batches.1.value("fake_value", "a") == nil)
    #expect(target.state.withLock { $0.mostRunning } == 1)
  }

  @Test("one whose turn does not come within its limit is told so by its collectors' failure")
  func waitsInVain() async throws {
    let scraper = scraper(
      FakeCollector(name: "a") { _ in try await Task.sleep(for: .seconds(2)) }, FakeCollector(name: "b"))
    async let first = scraper.scrape(request(nil, ["a"]))
    try await Task.sleep(for: .milliseconds(50))
    let batch = try await scraper.scrape(request("0.3", ["b"]))
    #expect(batch.value("fake_scrape_collector_success", "b") == 0)
    #expect(batch.value("fake_scrape_collector_success", "a") == nil)
    _ = try await first
    #expect(target.state.withLock { $0.readings } == ["a"])
  }

  @Test("past the bound of waiting selections a request is refused at once")
  func busy() async throws {
    let scraper = scraper(FakeCollector(name: "a") { _ in try await Task.sleep(for: .seconds(1)) })
    try await withThrowingTaskGroup { group in
      group.addTask { _ = try await scraper.scrape(request()) }
      try await Task.sleep(for: .milliseconds(100))
      for number in 0..<ScrapeGate.maximumWaitingRuns {
        group.addTask { _ = try await scraper.scrape(request("0.4", ["\(number)"])) }
      }
      try await Task.sleep(for: .milliseconds(100))
      await #expect(throws: ScrapeBusy()) { try await scraper.scrape(request(nil, ["more"])) }
      try await group.waitForAll()
    }
  }

  @Test("families are chosen after the scrape, which others share")
  func families() async throws {
    let scraper = scraper(FakeCollector(name: "a"))
    let wanted = ScrapeRequest(ScrapeBudget(header: nil), families: ["fake_up", "nothing"])
    #expect(try await scraper.scrape(wanted).families.map(\.descriptor.name) == ["fake_up"])
    #expect(try await scraper.scrape(request()).value("fake_value", "a") == 1)
  }

  @Test("closing closes the target")
  func closing() async {
    await scraper().close()
    #expect(target.state.withLock { $0.closings } == 1)
  }
}
