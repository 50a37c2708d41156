import Catalog
import MetricModel
import ProcessTelemetry
import Telemetry
import TestSupport
import Testing

/// A page is right when those who read pages say so.
@Suite("Exposition", .timeLimit(.minutes(5)))
struct ExpositionTests {
  private static func mixer() -> Registry {
    let registry = Registry()
    let paints = registry.counter(Families.paints)
    paints.add(3, .red)
    paints.add(0.5, .blue)
    registry.gauge(Families.temperature).set(-12.75)
    let waits = registry.histogram(Families.waits)
    for value in [0.05, 0.25, 7] { waits.observe(value, NoLabels()) }
    registry.register(
      Reading { batch in
        batch.add(Families.build, Named("a \"quoted\" \\ name\nin two lines"), 1)
        batch.add(Families.settings, Named("limit"), 1e300)
        batch.add(Families.settings, Named("none"), .infinity)
        batch.add(Families.settings, Named("unknown"), .nan)
      })
    return registry
  }

  @Test("text 0.0.4, as the format's description has it")
  func text() {
    let expected = #"""
      # HELP mixer_build_info What runs.
      # TYPE mixer_build_info gauge
      mixer_build_info{name="a \"quoted\" \\ name\nin two lines"} 1
      # HELP mixer_setting A setting of the mixer.
      # TYPE mixer_setting untyped
      mixer_setting{name="limit"} 1e+300
      mixer_setting{name="none"} +Inf
      mixer_setting{name="unknown"} NaN
      # HELP paints_total Paints mixed.
      # TYPE paints_total counter
      paints_total{colour="red"} 3
      paints_total{colour="green"} 0
      paints_total{colour="blue"} 0.5
      # HELP temperature Degrees.
      # TYPE temperature gauge
      temperature -12.75
      # HELP wait_seconds Time waited.
      # TYPE wait_seconds histogram
      wait_seconds_bucket{le="0.1"} 1
      wait_seconds_bucket{le="0.25"} 2
      wait_seconds_bucket{le="1"} 2
      wait_seconds_bucket{le="2.5"} 2
      wait_seconds_bucket{le="+Inf"} 3
      wait_seconds_sum 7.3
      wait_seconds_count 3

      """#
    #expect(String(decoding: Self.mixer().expose(.text), as: UTF8.self) == expected)
  }

  @Test("OpenMetrics 1.0, as its specification has it")
  func openMetrics() {
    let page = String(decoding: Self.mixer().expose(.openMetrics), as: UTF8.self)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    for expected in [
      "# TYPE mixer_build info", "# TYPE mixer_setting unknown", "# TYPE paints counter",
      "paints_total{colour=\"red\"} 3", "# TYPE wait_seconds histogram", "# UNIT wait_seconds seconds",
      "wait_seconds_bucket{le=\"1.0\"} 2", "wait_seconds_bucket{le=\"+Inf\"} 3",
    ] {
      #expect(lines.contains(Substring(expected)), "\(expected)")
    }
    #expect(lines.suffix(2) == ["# EOF", ""])
  }

  @Test("a help text escapes quotes in OpenMetrics alone, backslashes and line ends in both")
  func help() {
    let registry = Registry()
    _ = registry.counter(Family<Counter, NoLabels>("a_total", "A \"b\" \\ c\nd."))
    let first = { (format: ExpositionFormat) in
      String(decoding: registry.expose(format), as: UTF8.self).split(separator: "\n").first
    }
    #expect(first(.text) == #"# HELP a_total A "b" \\ c\nd."#)
    #expect(first(.openMetrics) == #"# HELP a A \"b\" \\ c\nd."#)
  }

  @Test(
    "prometheus-client's strict parsers read back what was recorded", arguments: [ExpositionFormat.text, .openMetrics])
  func readBack(format: ExpositionFormat) async throws {
    let read = try await PageReader.read(Self.mixer().expose(format), as: format)
    let isOpen = format == .openMetrics
    let types = Dictionary(read.map { ($0.name, $0.type) }, uniquingKeysWith: { "\($0) and \($1)" })
    #expect(
      types == [
        (isOpen ? "mixer_build" : "mixer_build_info"): isOpen ? "info" : "gauge", "mixer_setting": "unknown",
        "paints": "counter", "temperature": "gauge", "wait_seconds": "histogram",
      ])
    let units = read.filter { !$0.unit.isEmpty }.map { [$0.name, $0.unit] }
    #expect(units == (isOpen ? [["wait_seconds", "seconds"]] : []))
    let values = Dictionary(
      read.flatMap(\.samples).map { (($0.name + $0.labels.values.sorted().joined(separator: "|")), $0.value) },
      uniquingKeysWith: { "\($0) and \($1)" })
    #expect(values["mixer_build_infoa \"quoted\" \\ name\nin two lines"] == "1.0")
    #expect(values["mixer_settinglimit"] == "1e+300")
    #expect(values["mixer_settingnone"] == "inf")
    #expect(values["mixer_settingunknown"] == "nan")
    #expect(values["paints_totalred"] == "3.0")
    #expect(values["paints_totalblue"] == "0.5")
    #expect(values["temperature"] == "-12.75")
    #expect(values["wait_seconds_bucket\(isOpen ? "1.0" : "1")"] == "2.0")
    #expect(values["wait_seconds_bucket+Inf"] == "3.0")
    #expect(values["wait_seconds_count"] == "3.0")
    #expect(values["wait_seconds_sum"] == "7.3")
  }

  @Test("any text survives as a label's value and as a help text", arguments: [ExpositionFormat.text, .openMetrics])
  func escaping(format: ExpositionFormat) async throws {
    var random = SeededGenerator(for: "escaping in \(format)")
    let values = (0..<400).map { _ in random.text(maximumCount: 24) }
    // Whitespace around a help text is the parser's to trim.
    let helps = (0..<60).map { _ in "A\(random.text(maximumCount: 40))." }
    var batch = SampleBatch()
    for (index, value) in values.enumerated() {
      let family = FamilyDescriptor(name: "open", help: "Open.", kind: .gauge, labelNames: ["id", "value"])
      batch.add(family, labelValues: ["\(index)", value], Double(index))
    }
    for (index, help) in helps.enumerated() {
      batch.add(FamilyDescriptor(name: "help_\(index)", help: help, kind: .gauge), labelValues: [], 0)
    }
    let read = try await PageReader.read(Registry().expose(format, adding: batch), as: format)
    let families = Dictionary(read.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let samples = families["open"]?.samples ?? []
    #expect(samples.count == values.count)
    for sample in samples {
      let index = try #require(sample.labels["id"].flatMap(Int.init))
      // By scalars: two texts that Swift holds equal may differ in their bytes.
      #expect(
        sample.labels["value"].map { Array($0.utf8) } == Array(values[index].utf8),
        "value \(index), seed \(random.seed)")
      #expect(sample.value == "\(Double(index))")
    }
    for (index, help) in helps.enumerated() {
      let heard = families["help_\(index)"]?.help.utf8
      #expect(heard.map(Array.init) == Array(help.utf8), "help \(index), seed \(random.seed)")
    }
  }

  @Test("doubles read back as the same doubles", arguments: [ExpositionFormat.text, .openMetrics])
  func numbers(format: ExpositionFormat) async throws {
    var random = SeededGenerator(for: "numbers in \(format)")
    let edges = [
      0, -0.0, 1, -1, 0.1, 1e15, 1e16, 9_007_199_254_740_991, 9_007_199_254_740_992, 9_007_199_254_740_994, 1e22,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude, 1.0 / 3,
    ]
    let values = edges + (0..<500).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    var batch = SampleBatch()
    for (index, value) in values.enumerated() { batch.add(Families.settings, Named("\(index)"), value) }
    let read = try await PageReader.read(Registry().expose(format, adding: batch), as: format)
    let samples = try #require(read.first).samples
    #expect(samples.count == values.count)
    for sample in samples {
      let index = try #require(sample.labels["name"].flatMap(Int.init))
      #expect(Double(sample.value) == values[index], "seed \(random.seed)")
    }
  }

  /// The catalogue's instruments as a process would have them.
  private static func catalogue() -> Registry {
    let registry = Registry()
    let endpoint = Endpoint(method: "POST", route: "/api/v1/productos")
    let requests = registry.counter(HTTP.requests)
    requests.add(1, HTTPLabels(endpoint: endpoint, status: .created))
    registry.counter(HTTP.errors).expose(HTTPLabels(endpoint: endpoint, status: .internalServerError))
    registry.histogram(HTTP.duration).observe(0.2, endpoint)
    _ = registry.upDown(HTTP.inFlight)
    _ = registry.counter(Logs.messages)
    _ = registry.counter(Logs.dropped)
    _ = registry.gauge(Pool.connections)
    registry.histogram(Pool.queries).observe(0.001, StatementLabel("exposition_test"))
    _ = registry.counter(Deposito.movements)
    _ = registry.counter(Deposito.unitsProcessed)
    return registry
  }

  @Test("promtool has nothing to say about the catalogue's page")
  func promtool() async throws {
    let page = String(decoding: Self.catalogue().expose(.text), as: UTF8.self)
    let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: page)
    #expect(output.status == 0)
    #expect(output.standardError + output.standardOutput == "")
  }

  @Test("promtool does speak up about a page that breaks a rule")
  func promtoolCanary() async throws {
    let page = "# HELP wait_milliseconds Wait.\n# TYPE wait_milliseconds counter\nwait_milliseconds 1\n"
    let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: page)
    #expect(output.status == 3)
  }

  @Test("the catalogue's page in OpenMetrics passes the strict parser")
  func strictCatalogue() async throws {
    let read = try await PageReader.read(Self.catalogue().expose(.openMetrics), as: .openMetrics)
    #expect(read.count == 10)
    #expect(read.contains { $0.name == "deposito_movimientos" && $0.type == "counter" && $0.samples.count == 12 })
  }
}
