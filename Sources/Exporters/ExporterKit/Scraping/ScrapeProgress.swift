import Synchronization
import Telemetry

/// Where a target tells what becomes of each collector while a scrape runs. Safe from any thread. What comes after a
/// collector's end is dropped.
package final class ScrapeProgress: Sendable {
  private let report: Mutex<ScrapeReport>
  private let journal: CollectorJournal

  init(_ report: ScrapeReport, _ journal: CollectorJournal) {
    self.report = Mutex(report)
    self.journal = journal
  }

  /// The target is up.
  package func targetAnswered() { report.withLock { $0.targetAnswered() } }

  /// The collector's time runs from now.
  package func begin(_ name: String) { report.withLock { $0.begin(name, at: .now) } }

  package func succeed(_ name: String, with batch: SampleBatch) {
    let isNews = report.withLock { report in
      defer { report.succeed(name, at: .now, with: batch) }
      return !report.isOver(name)
    }
    if isNews { journal.note(name, nil) }
  }

  /// Nothing of what the collector read is served. `NothingToRead` is no failure.
  package func fail(_ name: String, _ error: any Error) {
    let isAbsent = error is NothingToRead
    let category = isAbsent ? "" : journal.category(of: error)
    let isNews = report.withLock { report in
      defer {
        if isAbsent { report.skip(name, at: .now) } else { report.fail(name, at: .now, category: category) }
      }
      return !report.isOver(name)
    }
    if isNews { journal.note(name, error) }
  }

  /// What is served whatever becomes of the collectors.
  package func add(_ batch: SampleBatch) { report.withLock { $0.add(batch) } }

  func end() { report.withLock { $0.end(at: .now) } }

  func page() -> SampleBatch { report.withLock { $0.batch(at: .now) } }
}

/// What a collector throws whose subject the target does not have: no such hardware, no such module.
package struct NothingToRead: Error, CustomStringConvertible {
  /// What is not there, for example `/proc/net/bonding`.
  package let subject: String
  package init(_ subject: String) { self.subject = subject }
  package var description: String { "there is no \(subject)" }
}
