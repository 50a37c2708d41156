import MetricModel
import Telemetry
import TelemetryTesting
import Testing

@Suite("A registry's page as a test reads it")
struct RegistryReadingTests {
  private enum Colour: ClosedLabel {
    case red, blue
    static let labelName = "colour"
    static var count: Int { 2 }
  }

  private static func mixer() -> Registry {
    let registry = Registry()
    registry.counter(Family<Counter, Colour>("paints_total", "Paints mixed.")).add(3, .red)
    let waits = registry.histogram(
      Family<Histogram, NoLabels>("wait_seconds", "Time waited.", unit: .seconds, bounds: [0.5]))
    for value in [0.1, 0.2] { waits.observe(value) }
    registry.gauge(Family<Gauge, NoLabels>("nothing", "No number.")).set(.nan)
    return registry
  }

  @Test("no difference, whatever the order of series, labels and blanks, and with or without help and type")
  func same() {
    let registry = Self.mixer()
    #expect(
      registry.difference(
        from: """
            # TYPE wait_seconds histogram
            wait_seconds_count 2
            wait_seconds_bucket{le="0.5"} 2
            wait_seconds_bucket{ le = "+Inf" }   2
            wait_seconds_sum 0.3

            nothing NaN
          # HELP paints_total Paints mixed.
            paints_total{colour="blue"} 0
            paints_total{colour="red"} 3
          """, relativeTolerance: 1e-9) == nil)
    #expect(registry.difference(from: "nothing NaN", only: ["nothing"]) == nil)
    #expect(registry.difference(from: "", only: []) == nil)
  }

  @Test("what differs stands in the order of the series, expected before found")
  func differs() {
    let difference = Self.mixer().difference(
      from: """
        # HELP paints_total Paints.
        # TYPE paints_total gauge
        paints_total{colour="green"} 1
        paints_total{colour="red"} 4
        """, only: ["paints_total"])
    #expect(
      difference == """
        expected (-) and found (+) differ:
        - # HELP paints_total Paints.
        + # HELP paints_total Paints mixed.
        - # TYPE paints_total gauge
        + # TYPE paints_total counter
        + paints_total{colour="blue"} 0.0
        - paints_total{colour="green"} 1.0
        - paints_total{colour="red"} 4.0
        + paints_total{colour="red"} 3.0
        """)
  }

  @Test("sums of fractions agree within the tolerance alone")
  func tolerance() {
    let registry = Self.mixer()
    let sum = "# TYPE wait_seconds histogram\nwait_seconds_bucket{le=\"0.5\"} 2\nwait_seconds_bucket{le=\"+Inf\"} 2\n"
    let expected = sum + "wait_seconds_sum 0.31\nwait_seconds_count 2"
    #expect(registry.difference(from: expected, only: ["wait_seconds"], relativeTolerance: 0.05) == nil)
    #expect(registry.difference(from: expected, only: ["wait_seconds"], relativeTolerance: 0.01) != nil)
  }

  @Test("an instant that the registry does not write is a difference")
  func timestamps() {
    let difference = Self.mixer().difference(from: "nothing NaN 5", only: ["nothing"])
    #expect(difference?.hasSuffix("- nothing nan 5\n+ nothing nan") == true)
  }

  @Test("an expected text that is none says so, with its line")
  func badText() {
    let difference = Self.mixer().difference(from: "a 1\nb{ 2")
    #expect(difference?.hasPrefix("the expected text: line 2: ") == true)
  }

  @Test("values and numbers of series")
  func values() {
    let registry = Self.mixer()
    #expect(registry.value(of: "paints_total", ["colour": "red"]) == 3)
    #expect(registry.value(of: "paints_total", ["colour": "blue"]) == 0)
    #expect(registry.value(of: "paints_total") == nil)
    #expect(registry.value(of: "paints_total", ["colour": "green"]) == nil)
    #expect(registry.value(of: "wait_seconds_bucket", ["le": "0.5"]) == 2)
    #expect(registry.value(of: "wait_seconds_count") == 2)
    #expect(registry.seriesCount(of: "paints_total") == 2)
    #expect(registry.seriesCount(of: "wait_seconds") == 1)
    #expect(registry.seriesCount(of: "missing") == 0)
    #expect(registry.seriesCount() == 4)
  }

  @Test("names beyond the legacy alphabet are read as they are")
  func utf8() throws {
    let registry = Registry()
    let family = FamilyDescriptor(name: "http.requests", help: "Requests.", kind: .counter, labelNames: ["http.route"])
    let counter = try #require(registry.counter(named: family, maximumSeries: 10))
    counter.series(["/"])?.add(2)
    #expect(registry.value(of: "http.requests", ["http.route": "/"]) == 2)
    #expect(registry.difference(from: #"{"http.requests","http.route"="/"} 2"#) == nil)
  }
}
