import Dispatch
import Foundation
import MetricModel
import Telemetry
import Testing

/// Totals are exact however many threads there are, and however many there have been.
@Suite("Threads")
struct ThreadTests {
  private struct Instruments {
    let registry = Registry()
    let counter: CounterInstrument<Colour>
    let inFlight: UpDownInstrument<NoLabels>
    let histogram: HistogramInstrument<NoLabels>

    init() {
      counter = registry.counter(Families.paints)
      inFlight = registry.upDown(Family<UpDown, NoLabels>("jobs_in_flight", "Jobs under way."))
      histogram = registry.histogram(
        Family("wait_seconds", "Time waited.", unit: .seconds, bounds: [1], native: NativeBuckets()))
    }

    func record() {
      counter.add(1, .red)
      counter.add(0.5, .green)
      inFlight.add(3)
      inFlight.add(-2)
      histogram.observe(0.5)
    }

    func expect(_ records: Int) throws {
      #expect(counter.value(.red) == Double(records))
      #expect(counter.value(.green) == Double(records) / 2)
      #expect(inFlight.value(NoLabels()) == records)
      let read = try #require(try ReadNativeHistogram(registry.expose(.protobuf), "wait_seconds"))
      #expect(read.count == UInt64(records))
      #expect(read.sum == Double(records) / 2)
      #expect(read.positive.values.reduce(0, +) == UInt64(records))
    }
  }

  /// Runs the body on threads that are all alive at once.
  private static func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    let (started, finished) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let gate = DispatchSemaphore(value: 0)
    for _ in 0..<count {
      let thread = Thread {
        body()
        started.signal()
        gate.wait()
        finished.signal()
      }
      thread.stackSize = 128 << 10
      thread.start()
    }
    for _ in 0..<count { started.wait() }
    for _ in 0..<count { gate.signal() }
    for _ in 0..<count { finished.wait() }
  }

  @Test("more threads at once than have cells of their own")
  func many() throws {
    let instruments = Instruments()
    Self.onThreads(400) { for _ in 0..<50 { instruments.record() } }
    try instruments.expect(20_000)
  }

  @Test("threads that come and go, each taking over what another left")
  func turnover() throws {
    let instruments = Instruments()
    for _ in 0..<100 { Self.onThreads(10) { for _ in 0..<5 { instruments.record() } } }
    try instruments.expect(5_000)
  }

  @Test("a total never falls while threads count")
  func monotonic() {
    let instruments = Instruments()
    let group = DispatchGroup()
    for _ in 0..<4 {
      DispatchQueue.global().async(group: group) { for _ in 0..<50_000 { instruments.record() } }
    }
    var (before, scrapes) = (0.0, 0)
    while group.wait(timeout: .now()) == .timedOut || scrapes < 10 {
      let value = instruments.counter.value(.red)
      #expect(value >= before)
      (before, scrapes) = (value, scrapes + 1)
    }
    #expect(instruments.counter.value(.red) == 200_000)
  }
}
