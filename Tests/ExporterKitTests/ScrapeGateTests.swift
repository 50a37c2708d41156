import Testing

@testable import ExporterKit

@Suite("ScrapeGate")
struct ScrapeGateTests {
  @Test("the first starts, others join, all are answered at the end")
  func joining() {
    var gate = ScrapeGate()
    let first = gate.arrive()
    let second = gate.arrive()
    #expect(first.starts)
    #expect(!second.starts)
    #expect(gate.finish() == [first.waiter, second.waiter])
    #expect(!gate.isRunning)
    #expect(gate.arrive().starts)
  }

  @Test("who cannot wait leaves, and is not answered twice")
  func expiry() {
    var gate = ScrapeGate()
    let first = gate.arrive()
    let second = gate.arrive()
    #expect(gate.expire(second.waiter) == true)
    #expect(gate.expire(second.waiter) == false)
    #expect(gate.finish() == [first.waiter])
    #expect(gate.expire(first.waiter) == false)
  }

  @Test("a scrape whose requests are all gone still runs: the next one joins it")
  func abandoned() {
    var gate = ScrapeGate()
    let first = gate.arrive()
    #expect(gate.expire(first.waiter) == true)
    #expect(!gate.arrive().starts)
  }
}
