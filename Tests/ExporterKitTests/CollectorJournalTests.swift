import Logging
import Testing

@testable import ExporterKit

@Suite("CollectorJournal")
struct CollectorJournalTests {
  private let log = LogLines()

  private func journal() -> CollectorJournal {
    CollectorJournal(log.logger, address: "fake") { error in
      let trouble = error as? FakeTarget.Trouble
      return CollectorFailure(category: trouble?.name ?? "other", isTimeout: trouble?.isTimeout ?? false)
    }
  }

  @Test("one line a change, by the failure's category")
  func changes() {
    let journal = journal()
    journal.note("a", nil)
    journal.note("a", FakeTarget.Trouble(name: "refused"))
    journal.note("a", FakeTarget.Trouble(name: "refused"))
    journal.note("a", FakeTarget.Trouble(name: "wrong password"))
    journal.note("a", nil)
    journal.note("a", nil)
    #expect(log.all.map { $0.prefix(5) } == ["debug", "error", "error", "notic"])
  }

  @Test("timeouts are counted by collector, every one of them")
  func timeouts() {
    let journal = journal()
    for _ in 0..<3 { journal.note("a", FakeTarget.Trouble(isTimeout: true)) }
    journal.note("b", FakeTarget.Trouble())
    #expect(journal.timeouts(of: "a") == 3)
    #expect(journal.timeouts(of: "b") == 0)
    #expect(log.all.count == 2)
  }

  @Test("a subject that is not there is said at debug, also when it fails afterwards")
  func absence() {
    let journal = journal()
    journal.note("a", NothingToRead("/proc/x"))
    journal.note("a", NothingToRead("/proc/x"))
    journal.note("a", FakeTarget.Trouble())
    #expect(log.all.map { $0.prefix(5) } == ["debug", "error"])
  }
}
