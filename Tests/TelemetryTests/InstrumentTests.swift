import Dispatch
import MetricModel
import Telemetry
import Testing

@Suite("Counters and gauges")
struct InstrumentTests {
  @Test("a counter adds whole and fractional amounts")
  func adds() {
    let counter = Registry().counter(Families.paints)
    counter.add(2, .red)
    counter.add(1, .red)
    counter.add(0.25, .red)
    counter.add(7, .blue)
    #expect(counter.value(.red) == 3.25)
    #expect(counter.value(.green) == 0)
    #expect(counter.value(.blue) == 7)
  }

  @Test("a counter ignores what would make it fall or lose its value")
  func ignores() {
    let counter = Registry().counter(Families.batches)
    counter.add(5)
    counter.add(-3)
    counter.add(0)
    for wrong in [-0.5, 0, .nan, .infinity, -.infinity, .signalingNaN] { counter.add(wrong) }
    counter.add(Int.min)
    #expect(counter.value(NoLabels()) == 5)
  }

  @Test("whole amounts are exact beyond what adding doubles would be")
  func large() {
    let counter = Registry().counter(Families.batches)
    counter.add(1 << 53)
    for _ in 0..<1_000 { counter.add(1) }
    #expect(counter.value(NoLabels()) == Double((1 << 53) + 1_000))
  }

  @Test("no addition of eight threads is lost")
  func threads() {
    let registry = Registry()
    let counter = registry.counter(Families.paints)
    let gauge = registry.gauge(Families.levels)
    let histogram = registry.histogram(Families.waits)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for _ in 0..<20_000 {
        counter.add(1, .red)
        counter.add(0.5, .green)
        gauge.add(thread.isMultiple(of: 2) ? 1 : -1, .blue)
        histogram.observe(0.5, NoLabels())
      }
    }
    #expect(counter.value(.red) == 160_000)
    #expect(counter.value(.green) == 80_000)
    #expect(gauge.value(.blue) == 0)
    #expect(histogram.count(NoLabels()) == 160_000)
    #expect(registry.samples()["wait_seconds_sum"] == "80000")
  }

  @Test("a gauge holds what was set, and moves both ways")
  func gauge() {
    let gauge = Registry().gauge(Families.temperature)
    gauge.set(-4.5)
    gauge.add(2)
    gauge.add(-1)
    #expect(gauge.value(NoLabels()) == -3.5)
    gauge.set(.infinity)
    #expect(gauge.value(NoLabels()) == .infinity)
    gauge.set(.nan)
    #expect(gauge.value(NoLabels()).isNaN)
    gauge.set(0)
    #expect(gauge.value(NoLabels()) == 0)
  }
}
