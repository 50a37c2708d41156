import Logging
import Synchronization
import Telemetry
import Testing

@testable import ExporterKit

@Suite("Scraper")
struct ScraperTests {
  private let target = FakeTarget()

  private func scraper(probe: FakeCollector? = nil, _ collectors: FakeCollector...) -> Scraper<FakeTarget> {
    Scraper(
      target, probe: probe ?? FakeCollector(name: "up", target: target), collectors: collectors,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func collector(
    _ name: String, body: @escaping @Sendable (FakeTarget.Session, ContinuousClock.Instant) async throws -> Void
  ) -> FakeCollector {
    FakeCollector(name: name, target: target, body: body)
  }

  @Test("one session for many scrapes, and what every collector found")
  func steady() async {
    let scraper = scraper(FakeCollector(name: "a", target: target), FakeCollector(name: "b", target: target))
    for _ in 0..<3 { _ = await scraper.scrape(ScrapeBudget(header: nil)) }
    let batch = await scraper.scrape(ScrapeBudget(header: nil))
    #expect(batch.value("pg_up") == 1)
    #expect(batch.value("pg_stat_database_deadlocks", "b") == 1)
    #expect(batch.value("pg_scrape_collector_success", "a") == 1)
    #expect(batch.value("pg_scrape_collector_series", "up") == 1)
    #expect(batch.value("pg_exporter_scrapes_total") == 4)
    #expect(batch.value("pg_exporter_last_scrape_error") == 0)
    #expect(target.state.withLock { $0.opened } == 1)
  }

  @Test("what a failed collector had read is not served; the others are")
  func oneFails() async {
    let scraper = scraper(
      collector("a") { _, _ in throw FakeTarget.Trouble() }, FakeCollector(name: "b", target: target))
    let batch = await scraper.scrape(ScrapeBudget(header: nil))
    #expect(batch.value("pg_up") == 1)
    #expect(batch.value("pg_scrape_collector_success", "a") == 0)
    #expect(batch.value("pg_stat_database_deadlocks", "a") == nil)
    #expect(batch.value("pg_stat_database_deadlocks", "b") == 1)
    #expect(batch.value("pg_exporter_last_scrape_error") == 1)
    #expect(batch.value("pg_scrape_collector_timeouts_total", "a") == 0)
  }

  @Test("a target that does not answer costs nothing further, and is tried again")
  func down() async {
    target.state.withLock { $0.refuses = true }
    let scraper = scraper(FakeCollector(name: "a", target: target))
    let batch = await scraper.scrape(ScrapeBudget(header: nil))
    #expect(batch.value("pg_up") == 0)
    #expect(batch.value("pg_scrape_collector_success", "a") == 0)
    #expect(batch.value("pg_scrape_collector_duration_seconds", "a") == 0)
    target.state.withLock { $0.refuses = false }
    #expect(await scraper.scrape(ScrapeBudget(header: nil)).value("pg_up") == 1)
    #expect(target.state.withLock { $0.readings } == ["up@1", "a@1"])
  }

  @Test("a session that was lost between two scrapes is replaced within the scrape")
  func restarted() async {
    let probe = collector("up") { session, _ in if session.number == 1 { throw FakeTarget.Trouble(name: "lost") } }
    let scraper = scraper(probe: probe, FakeCollector(name: "a", target: target))
    _ = await scraper.scrape(ScrapeBudget(header: nil))
    #expect(await scraper.scrape(ScrapeBudget(header: nil)).value("pg_up") == 1)
    #expect(target.state.withLock { $0.opened } == 2)
    #expect(target.state.withLock { $0.closed } == 1)
  }

  @Test("a collector that costs the session does not cost the next one")
  func sessionLostMidway() async {
    let first = collector("a") { [target] session, _ in
      target.state.withLock { _ = $0.lost.insert(session.number) }
      throw FakeTarget.Trouble(name: "lost")
    }
    let batch = await scraper(first, FakeCollector(name: "b", target: target)).scrape(ScrapeBudget(header: nil))
    #expect(batch.value("pg_scrape_collector_success", "b") == 1)
    #expect(target.state.withLock { $0.readings } == ["up@1", "a@1", "b@2"])
  }

  @Test("a collector gets half of what is left, and its timeout is counted")
  func limits() async {
    let slow = collector("a") { _, deadline in
      try await Task.sleep(until: deadline, clock: .continuous)
      throw FakeTarget.Trouble(isTimeout: true)
    }
    let start = ContinuousClock.now
    let batch = await scraper(slow, FakeCollector(name: "b", target: target)).scrape(ScrapeBudget(header: "1.5"))
    #expect(ContinuousClock.now - start < .milliseconds(1500))
    #expect(batch.value("pg_scrape_collector_timeouts_total", "a") == 1)
    #expect(batch.value("pg_scrape_collector_success", "b") == 1)
  }

  @Test("a collector that ignores its deadline does not hold up the page")
  func disobedient() async {
    let stuck = collector("a") { _, _ in try await Task.sleep(for: .seconds(3)) }
    let start = ContinuousClock.now
    let batch = await scraper(stuck, FakeCollector(name: "b", target: target)).scrape(ScrapeBudget(header: "1"))
    #expect(ContinuousClock.now - start < .milliseconds(2500))
    #expect(batch.value("pg_up") == 1)
    #expect(batch.value("pg_scrape_collector_success", "a") == 0)
    #expect((batch.value("pg_scrape_collector_duration_seconds", "a") ?? 0) > 0)
  }

  @Test("overlapping requests share one scrape, each within its own limit")
  func joining() async {
    let slow = collector("a") { _, _ in try await Task.sleep(for: .seconds(1.5)) }
    let scraper = scraper(slow)
    async let patient = scraper.scrape(ScrapeBudget(header: "10"))
    try? await Task.sleep(for: .milliseconds(50))
    async let other = scraper.scrape(ScrapeBudget(header: "10"))
    let start = ContinuousClock.now
    let hurried = await scraper.scrape(ScrapeBudget(header: "0.6"))
    #expect(ContinuousClock.now - start < .milliseconds(1400))
    #expect(hurried.value("pg_scrape_collector_success", "a") == 0)
    #expect(await patient.value("pg_scrape_collector_success", "a") == 1)
    #expect(await other.value("pg_scrape_collector_success", "a") == 1)
    #expect(target.state.withLock { $0.readings } == ["up@1", "a@1"])
    #expect(await scraper.scrape(ScrapeBudget(header: nil)).value("pg_exporter_joined_scrapes_total") == 2)
  }
}
