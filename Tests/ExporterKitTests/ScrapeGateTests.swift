import Testing

@testable import ExporterKit

@Suite("ScrapeGate")
struct ScrapeGateTests {
  private let now = ContinuousClock.now
  private func at(_ seconds: Int) -> ContinuousClock.Instant { now + .seconds(seconds) }

  private func run(_ arrival: ScrapeGate.Arrival) -> ScrapeGate.Run? {
    if case .starts(_, let run) = arrival { run } else { nil }
  }

  @Test("the first starts, others join, all are answered at the end")
  func joining() {
    var gate = ScrapeGate()
    #expect(run(gate.arrive(nil, patience: .seconds(9), at: at(0)))?.number == 1)
    #expect(gate.arrive(nil, patience: .seconds(9), at: at(0)) == .joins(2))
    let end = gate.finish()
    #expect(end.waiters == [1, 2])
    #expect(end.next == nil)
    #expect(gate.running == nil)
    #expect(run(gate.arrive(nil, patience: .seconds(9), at: at(0)))?.number == 2)
  }

  @Test("who has more patience than the scrape under way waits for another, which the next may join")
  func patience() {
    var gate = ScrapeGate()
    _ = gate.arrive(nil, patience: .milliseconds(50), at: at(0))
    #expect(gate.arrive(nil, patience: .milliseconds(50), at: at(0)) == .joins(2))
    #expect(gate.arrive(nil, patience: .seconds(9), at: at(0)) == .waits(3))
    #expect(gate.arrive(nil, patience: .seconds(8), at: at(1)) == .joins(4))
    // The one under way is good enough for the hurried.
    #expect(gate.arrive(nil, patience: .milliseconds(20), at: at(1)) == .joins(5))
    let end = gate.finish()
    #expect(end.waiters == [1, 2, 5])
    #expect(end.next?.waiters == [3, 4] && end.next?.deadline == at(9))
    #expect(gate.arrive(nil, patience: .seconds(9), at: at(5)) == .joins(6))
  }

  @Test("another selection waits for its turn, the same one joins it, in the order of arrival")
  func selections() {
    var gate = ScrapeGate()
    #expect(run(gate.arrive(["a"], patience: .seconds(9), at: at(0)))?.collectors == ["a"])
    #expect(gate.arrive(["b"], patience: .seconds(9), at: at(0)) == .waits(2))
    #expect(gate.arrive(nil, patience: .seconds(9), at: at(0)) == .waits(3))
    #expect(gate.arrive(["b"], patience: .seconds(9), at: at(0)) == .joins(4))
    #expect(gate.arrive(["a"], patience: .seconds(9), at: at(0)) == .joins(5))
    var end = gate.finish()
    #expect(end.waiters == [1, 5])
    #expect(end.next?.collectors == ["b"])
    end = gate.finish()
    #expect(end.waiters == [2, 4])
    #expect(end.next != nil)
    #expect(end.next?.collectors == nil)
    #expect(gate.finish().waiters == [3])
  }

  @Test("a scrape that waits may work until the last of those that want it gives up")
  func deadlines() {
    var gate = ScrapeGate()
    _ = gate.arrive(nil, patience: .seconds(9), at: at(0))
    _ = gate.arrive(["b"], patience: .seconds(5), at: at(0))
    _ = gate.arrive(["b"], patience: .seconds(7), at: at(0))
    _ = gate.arrive(["b"], patience: .seconds(6), at: at(0))
    #expect(gate.finish().next?.deadline == at(7))
  }

  @Test("so many different selections wait, and no more; joining one of them is still possible")
  func bound() {
    var gate = ScrapeGate()
    _ = gate.arrive(nil, patience: .seconds(9), at: at(0))
    for number in 1...ScrapeGate.maximumWaitingRuns {
      #expect(gate.arrive(["\(number)"], patience: .seconds(9), at: at(0)) == .waits(number + 1))
    }
    #expect(gate.arrive(["more"], patience: .seconds(9), at: at(0)) == .refused)
    #expect(gate.arrive(["1"], patience: .seconds(9), at: at(0)) == .joins(ScrapeGate.maximumWaitingRuns + 2))
    _ = gate.finish()
    #expect(gate.arrive(["more"], patience: .seconds(9), at: at(0)) == .waits(ScrapeGate.maximumWaitingRuns + 3))
  }

  @Test("who cannot wait leaves, knows whether its scrape had begun, and is not answered twice")
  func expiry() {
    var gate = ScrapeGate()
    _ = gate.arrive(nil, patience: .seconds(9), at: at(0))
    _ = gate.arrive(nil, patience: .seconds(9), at: at(0))
    _ = gate.arrive(["b"], patience: .seconds(9), at: at(0))
    #expect(gate.expire(2) == true)
    #expect(gate.expire(2) == nil)
    #expect(gate.expire(3) == false)
    #expect(gate.finish().waiters == [1])
    #expect(gate.expire(1) == nil)
  }

  @Test("a scrape under way that nobody waits for runs on and is joined; one that has not begun is left out")
  func abandoned() {
    var gate = ScrapeGate()
    _ = gate.arrive(nil, patience: .seconds(9), at: at(0))
    _ = gate.arrive(["b"], patience: .seconds(9), at: at(0))
    #expect(gate.expire(1) == true)
    #expect(gate.expire(2) == false)
    #expect(gate.arrive(nil, patience: .seconds(9), at: at(0)) == .joins(3))
    let end = gate.finish()
    #expect(end.waiters == [3])
    #expect(end.next == nil)
  }
}
