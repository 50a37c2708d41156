import Dispatch
import MetricModel
import Synchronization
import Telemetry
import TestSupport
import Testing

@Suite("Families with open labels")
struct OpenSeriesTests {
  private typealias Two = Pair<Named, Peer>
  private static let calls = Family<Counter, Pair<Named, Peer>>("calls_total", "Calls.")

  struct Peer: OpenLabel {
    static let labelName = "peer"
    let labelValue: String
    init(_ labelValue: String) { self.labelValue = labelValue }
  }

  @Test("a series is found again by its values, whatever they are")
  func anyValue() throws {
    var random = SeededGenerator(for: "open label values")
    let registry = Registry()
    let counter = registry.counter(Self.calls, maximumSeries: 5_000)
    var expected: [[String]: Double] = [:]
    let texts =
      (0..<60).map { _ in random.text(maximumCount: 40) } + ["", "a", "ab", "a\u{0}", "abcdefgh", "abcdefghi"]
    for _ in 0..<5_000 {
      let pair = [texts.randomElement(using: &random) ?? "", texts.randomElement(using: &random) ?? ""]
      counter.add(1, Two(Named(pair[0]), Peer(pair[1])))
      // By bytes: Swift holds texts equal that are not the same bytes.
      expected[pair.map { String(describing: Array($0.utf8)) }, default: 0] += 1
    }
    var read: [[String]: Double] = [:]
    for metric in try #require(try ProtobufMessage.delimited(registry.expose(.protobuf)).first).messages(4) {
      let values = try metric.messages(1).map { label -> String in
        guard case .bytes(let bytes)? = label.all(2).last else { return "no value" }
        return String(describing: bytes)
      }
      read[values, default: 0] += try metric.message(3)?.double(1) ?? .nan
    }
    #expect(read == expected, "seed \(random.seed)")
  }

  @Test("the parts of two values do not run together")
  func separated() {
    let registry = Registry()
    let counter = registry.counter(Self.calls, maximumSeries: 10)
    counter.add(1, Two(Named("ab"), Peer("c")))
    counter.add(2, Two(Named("a"), Peer("bc")))
    #expect(
      registry.samples() == ["calls_total{name=\"ab\",peer=\"c\"}": "1", "calls_total{name=\"a\",peer=\"bc\"}": "2"])
  }

  @Test("past the limit everything goes to one series, is reported each time, and the rest stays true")
  func overflow() {
    let registry = Registry()
    let heard = Mutex<[Registry.Problem: [Bool]]>([:])
    registry.setProblemHandler { problem, isFirst in heard.withLock { $0[problem, default: []].append(isFirst) } }
    let counter = registry.counter(Self.calls, maximumSeries: 3)
    for round in 0..<4 {
      for peer in 0..<10 { counter.add(1, Two(Named("x"), Peer("\(peer)"))) }
      _ = round
    }
    #expect(
      registry.samples() == [
        "calls_total{name=\"x\",peer=\"0\"}": "4", "calls_total{name=\"x\",peer=\"1\"}": "4",
        "calls_total{name=\"x\",peer=\"2\"}": "4", "calls_total{name=\"overflow\",peer=\"overflow\"}": "28",
      ])
    #expect(heard.withLock { $0 } == [.cardinality("calls_total"): [true] + [Bool](repeating: false, count: 27)])
  }

  @Test("gauges and histograms are limited alike")
  func kinds() {
    let registry = Registry()
    let gauge = registry.gauge(Family<Gauge, Named>("level", "Level."), maximumSeries: 1)
    let histogram = registry.histogram(
      Family<Histogram, Named>("wait_seconds", "Wait.", unit: .seconds, bounds: [1]), maximumSeries: 1)
    for name in ["a", "b", "c"] {
      gauge.set(7, Named(name))
      histogram.observe(0.5, Named(name))
    }
    let samples = registry.samples()
    #expect(samples["level{name=\"a\"}"] == "7")
    #expect(samples["level{name=\"overflow\"}"] == "7")
    #expect(samples["wait_seconds_count{name=\"a\"}"] == "1")
    #expect(samples["wait_seconds_count{name=\"overflow\"}"] == "2")
    #expect(samples.keys.count { $0.contains("\"b\"") || $0.contains("\"c\"") } == 0)
  }

  @Test("eight threads that meet the same values for the first time make one series of each")
  func race() {
    let registry = Registry()
    let counter = registry.counter(Self.calls, maximumSeries: 2_000)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for peer in 0..<1_000 { counter.add(1, Two(Named("x"), Peer("\(peer)"))) }
    }
    let samples = registry.samples()
    #expect(samples.count == 1_000)
    #expect(samples.values.allSatisfy { $0 == "8" })
  }

  @Test("a handle counts where the lookup does")
  func handle() {
    let registry = Registry()
    let counter = registry.counter(Self.calls, maximumSeries: 2)
    let series = counter.series(Two(Named("x"), Peer("y")))
    series.add(2)
    counter.add(0.5, Two(Named("x"), Peer("y")))
    #expect(series.value == 2.5)
  }
}
