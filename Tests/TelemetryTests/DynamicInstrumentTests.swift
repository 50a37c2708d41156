import MetricModel
import Synchronization
import Telemetry
import Testing

@Suite("Families whose labels are known at run time")
struct DynamicInstrumentTests {
  private let registry = Registry()
  private static let counter = FamilyDescriptor(
    name: "calls_total", help: "Calls.", kind: .counter, labelNames: ["peer", "zone"])

  @Test("the same descriptor is the same instrument, and its series are those of its values")
  func same() throws {
    let (one, other) = (
      try #require(registry.counter(named: Self.counter, maximumSeries: 10)),
      try #require(registry.counter(named: Self.counter, maximumSeries: 10))
    )
    #expect(one === other)
    one.series(["a", "b"])?.add(2)
    other.series(["a", "b"])?.add()
    other.series(["ab", ""])?.add()
    let gauge = FamilyDescriptor(name: "level", help: "Level.", kind: .gauge, labelNames: ["tank"])
    registry.gauge(named: gauge, maximumSeries: 10)?.series(["1"])?.set(-2)
    let waits = FamilyDescriptor(name: "wait_seconds", help: "Waits.", kind: .histogram, bounds: [1])
    registry.histogram(named: waits, maximumSeries: 10)?.series([])?.observe(0.5)
    #expect(
      registry.samples() == [
        #"calls_total{peer="a",zone="b"}"#: "3", #"calls_total{peer="ab",zone=""}"#: "1", #"level{tank="1"}"#: "-2",
        #"wait_seconds_bucket{le="1"}"#: "1", #"wait_seconds_bucket{le="+Inf"}"#: "1", "wait_seconds_sum": "0.5",
        "wait_seconds_count": "1",
      ])
  }

  @Test("a name of another family, a wrong kind and a wrong number of values are reported, and are no series")
  func conflicts() throws {
    let heard = Mutex<[Registry.Problem]>([])
    registry.setProblemHandler { problem, isFirst in if isFirst { heard.withLock { $0.append(problem) } } }
    let counter = try #require(registry.counter(named: Self.counter, maximumSeries: 10))
    #expect(counter.series(["a"]) == nil && counter.series(["a", "b", "c"]) == nil)
    counter.reset(["a"])
    let asGauge = FamilyDescriptor(name: "calls_total", help: "Calls.", kind: .gauge, labelNames: ["peer", "zone"])
    #expect(registry.gauge(named: asGauge, maximumSeries: 10) == nil)
    let labelled = FamilyDescriptor(name: "calls_total", help: "Calls.", kind: .counter, labelNames: ["peer"])
    #expect(registry.counter(named: labelled, maximumSeries: 10) == nil)
    #expect(heard.withLock { $0 } == [.nameConflict("calls_total")])
    let misread = FamilyDescriptor(name: "level", help: "Level.", kind: .gauge)
    #expect(registry.histogram(named: misread, maximumSeries: 10) == nil)
    #expect(heard.withLock { $0 }.last == .nameConflict("level"))
    #expect(registry.samples() == [:])
  }

  @Test("a reset says when the series began anew")
  func reset() throws {
    let registry = Registry(writesCreated: true)
    let counter = try #require(registry.counter(named: Self.counter, maximumSeries: 10))
    let series = try #require(counter.series(["a", "b"]))
    series.add(5)
    let created = { () -> Double? in
      let page = String(decoding: registry.expose(.openMetrics), as: UTF8.self)
      let line = page.split(separator: "\n").first { $0.hasPrefix("calls_created") }
      return line?.split(separator: " ").last.flatMap { Double($0) }
    }
    let before = try #require(created())
    // The page says milliseconds.
    let clock = ContinuousClock()
    let start = clock.now
    while clock.now - start < .milliseconds(3) {}
    counter.reset(["a", "b"])
    series.add(0.5)
    #expect(try #require(created()) > before)
    #expect(registry.samples() == [#"calls_total{peer="a",zone="b"}"#: "0.5"])
  }
}
