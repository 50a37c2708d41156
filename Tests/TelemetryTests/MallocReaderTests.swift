import Synchronization
import Testing

@testable import Telemetry

@Suite("Malloc reader")
struct MallocReaderTests {
  /// A clock and an allocator whose every read takes as long as it is told.
  private final class Machine: Sendable {
    private struct State {
      var now = ContinuousClock.now
      var cost = Duration.zero
      var reads = 0
    }
    private let state = Mutex(State())

    var reads: Int { state.withLock { $0.reads } }
    func setCost(_ cost: Duration) { state.withLock { $0.cost = cost } }
    func pass(_ time: Duration) { state.withLock { $0.now += time } }

    func reader() -> MallocReader {
      MallocReader(
        reading: {
          self.state.withLock { state in
            state.reads += 1
            state.now += state.cost
            return MallocStatistics(
              arenaBytes: Double(state.reads), inUseBytes: 0, freeBytes: 0, mappedBytes: 0)
          }
        }, now: { self.state.withLock { $0.now } })
    }
  }

  @Test("a fast read is done each time that a scrape asks")
  func fast() {
    let machine = Machine()
    machine.setCost(.microseconds(100))
    let reader = machine.reader()
    for scrape in 1...5 {
      #expect(reader.read().arenaBytes == Double(scrape))
      machine.pass(.seconds(1))
    }
  }

  @Test("a slow read is repeated when it is less than a ten-thousandth of the time")
  func slow() {
    let machine = Machine()
    machine.setCost(.milliseconds(10))
    let reader = machine.reader()
    #expect(reader.read().arenaBytes == 1)
    machine.pass(.seconds(99))
    #expect(reader.read().arenaBytes == 1)
    machine.pass(.milliseconds(999))
    #expect(reader.read().arenaBytes == 1)
    machine.setCost(.zero)
    machine.pass(.milliseconds(2))
    #expect(reader.read().arenaBytes == 2)
    // Paid for by what it costs now.
    #expect(reader.read().arenaBytes == 3)
    #expect(machine.reads == 3)
  }
}
