import Catalog
import MetricModel
import Telemetry
import Testing

@testable import ExporterKit

@Suite("ScrapeReport")
struct ScrapeReportTests {
  private let start = ContinuousClock.now

  private func report(_ names: String...) -> ScrapeReport {
    ScrapeReport(ExporterSelf(namespace: "fake"), up: Family("fake_up", "Up."), names: names, at: start)
  }

  private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

  @Test("durations run from a collector's own beginning, and to the reading for one that runs")
  func durations() {
    var report = report("a", "b", "c")
    report.begin("a", at: at(100))
    report.begin("b", at: at(200))
    report.succeed("a", at: at(350), with: FakeTarget.batch("a"))
    let batch = report.batch(at: at(600))
    let duration = "fake_scrape_collector_duration_seconds"
    #expect(batch.value(duration, "a") == 0.25)
    #expect(batch.value(duration, "b") == 0.4)
    #expect(batch.value(duration, "c") == 0)
    #expect(batch.value("fake_exporter_last_scrape_duration_seconds") == 0.6)
    report.end(at: at(700))
    #expect(report.batch(at: at(900)).value("fake_exporter_last_scrape_duration_seconds") == 0.7)
  }

  @Test("what has not ended counts as failed, and nothing changes once it has")
  func finality() {
    var report = report("a", "b")
    #expect(report.batch(at: at(1)).value("fake_up") == 0)
    report.targetAnswered()
    report.begin("a", at: start)
    #expect(!report.isOver("a"))
    report.fail("a", at: at(10), category: "trouble")
    report.succeed("a", at: at(20), with: FakeTarget.batch("a"))
    #expect(report.isOver("a"))
    report.succeed("b", at: at(20), with: FakeTarget.batch("b"))
    report.fail("b", at: at(30), category: "trouble")
    report.skip("b", at: at(30))
    let batch = report.batch(at: at(40))
    #expect(batch.value("fake_up") == 1)
    #expect(batch.value("fake_value", "a") == nil)
    #expect(batch.value("fake_scrape_collector_success", "a") == 0)
    #expect(batch.value("fake_scrape_collector_success", "b") == 1)
    #expect(batch.value("fake_exporter_last_scrape_error") == 1)
  }

  @Test("what is absent leaves the scrape without an error")
  func absent() {
    var report = report("a")
    report.skip("a", at: at(5))
    #expect(report.batch(at: at(6)).value("fake_exporter_last_scrape_error") == 0)
    #expect(report.batch(at: at(6)).value("fake_scrape_collector_success", "a") == 1)
    var other = ScrapeReport(
      ExporterSelf(namespace: "fake"), up: nil, names: ["a"], absenceIsSuccess: false, at: at(0))
    other.skip("a", at: at(5))
    #expect(other.batch(at: at(6)).value("fake_scrape_collector_success", "a") == 0)
  }
}

@Suite("ScrapeProgress")
struct ScrapeProgressTests {
  @Test("a collector's late end is neither served nor logged")
  func late() {
    let log = LogLines()
    let journal = CollectorJournal(log.logger, address: "fake") { _ in
      CollectorFailure(category: "trouble", isTimeout: true)
    }
    let report = ScrapeReport(ExporterSelf(namespace: "fake"), up: nil, names: ["a"], at: .now)
    let progress = ScrapeProgress(report, journal)
    progress.begin("a")
    progress.fail("a", FakeTarget.Trouble())
    progress.succeed("a", with: FakeTarget.batch("a"))
    progress.fail("a", FakeTarget.Trouble())
    progress.end()
    #expect(progress.page().value("fake_value", "a") == nil)
    #expect(journal.timeouts(of: "a") == 1)
    #expect(log.all.count == 1)
  }
}
