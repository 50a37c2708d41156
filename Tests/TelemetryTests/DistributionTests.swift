import MetricModel
import Telemetry
import TestSupport
import Testing

/// Histograms and summaries that somebody else counted (Redis, textfiles), passed on as they are.
@Suite("Distributions of others", .timeLimit(.minutes(2)))
struct DistributionTests {
  private static let latencies = Family<Histogram, Named>("latency_usec", "Time taken.")
  private static let calls = Family<Summary, Named>("call_usec", "Time of calls.")
  private static let percentiles = Family<Summary, Named>("percentile_usec", "Percentiles as the server has them.")

  /// A histogram in two series, points out of order and with `+Inf`; a summary; and one with quantiles in percent.
  private static func batch() -> SampleBatch {
    var batch = SampleBatch()
    let get = Distribution(
      [.init(at: 4, 7), .init(at: 1, 2), .init(at: .infinity, 9), .init(at: 2, 5)], sum: 20.5, count: 9)
    batch.add(latencies, Named("get"), get)
    batch.add(latencies, Named("set"), Distribution([], sum: 0, count: 0))
    batch.add(calls, Named("get"), Distribution([.init(at: 0.99, 8), .init(at: 0.5, 1.5)], sum: 20.5, count: 9))
    batch.add(
      percentiles, Named("get"), Distribution([.init(at: 50, 1.5), .init(at: 99.9, 8)], sum: 20.5, count: 9))
    return batch
  }

  private static func page(_ format: ExpositionFormat) -> [UInt8] { Registry().expose(format, adding: batch()) }

  @Test("text 0.0.4: sorted points, +Inf from the count, any quantile")
  func text() {
    let expected = #"""
      # HELP call_usec Time of calls.
      # TYPE call_usec summary
      call_usec{name="get",quantile="0.5"} 1.5
      call_usec{name="get",quantile="0.99"} 8
      call_usec_sum{name="get"} 20.5
      call_usec_count{name="get"} 9
      # HELP latency_usec Time taken.
      # TYPE latency_usec histogram
      latency_usec_bucket{name="get",le="1"} 2
      latency_usec_bucket{name="get",le="2"} 5
      latency_usec_bucket{name="get",le="4"} 7
      latency_usec_bucket{name="get",le="+Inf"} 9
      latency_usec_sum{name="get"} 20.5
      latency_usec_count{name="get"} 9
      latency_usec_bucket{name="set",le="+Inf"} 0
      latency_usec_sum{name="set"} 0
      latency_usec_count{name="set"} 0
      # HELP percentile_usec Percentiles as the server has them.
      # TYPE percentile_usec summary
      percentile_usec{name="get",quantile="50"} 1.5
      percentile_usec{name="get",quantile="99.9"} 8
      percentile_usec_sum{name="get"} 20.5
      percentile_usec_count{name="get"} 9

      """#
    #expect(String(decoding: Self.page(.text), as: UTF8.self) == expected)
  }

  @Test("OpenMetrics: bounds and quantiles are floats; quantiles that it forbids make three unknown families")
  func openMetrics() {
    let page = String(decoding: Self.page(.openMetrics), as: UTF8.self)
    let lines = Set(page.split(separator: "\n"))
    for expected in [
      "# TYPE latency_usec histogram", "latency_usec_bucket{name=\"get\",le=\"1.0\"} 2",
      "latency_usec_bucket{name=\"get\",le=\"+Inf\"} 9", "# TYPE call_usec summary",
      "call_usec{name=\"get\",quantile=\"0.5\"} 1.5", "# TYPE percentile_usec unknown",
      "percentile_usec{name=\"get\",quantile=\"99.9\"} 8", "# TYPE percentile_usec_sum unknown",
      "percentile_usec_sum{name=\"get\"} 20.5", "# TYPE percentile_usec_count unknown",
      "percentile_usec_count{name=\"get\"} 9",
    ] {
      #expect(lines.contains(Substring(expected)), "\(expected)")
    }
    #expect(page.hasSuffix("\n# EOF\n"))
  }

  @Test(
    "prometheus-client's strict parsers read back what was passed on",
    arguments: [ExpositionFormat.text, .openMetrics])
  func readBack(format: ExpositionFormat) async throws {
    let isOpen = format == .openMetrics
    let read = try await PageReader.read(Self.page(format), as: format)
    let types = Dictionary(read.map { ($0.name, $0.type) }, uniquingKeysWith: { "\($0) and \($1)" })
    var expected = ["latency_usec": "histogram", "call_usec": "summary"]
    if isOpen {
      for suffix in ["", "_sum", "_count"] { expected["percentile_usec\(suffix)"] = "unknown" }
    } else {
      expected["percentile_usec"] = "summary"
    }
    #expect(types == expected)
    let values = Dictionary(
      read.flatMap(\.samples).map { sample in
        (([sample.name] + sample.labels.values.sorted()).joined(separator: "|"), sample.value)
      }, uniquingKeysWith: { "\($0) and \($1)" })
    #expect(values["latency_usec_bucket|\(isOpen ? "2.0" : "2")|get"] == "5.0")
    #expect(values["latency_usec_bucket|+Inf|get"] == "9.0")
    #expect(values["latency_usec_bucket|+Inf|set"] == "0.0")
    #expect(values["call_usec|0.99|get"] == "8.0")
    #expect(values["percentile_usec|99.9|get"] == "8.0")
    for name in ["latency_usec", "call_usec", "percentile_usec"] {
      #expect(values["\(name)_sum|get"] == "20.5")
      #expect(values["\(name)_count|get"] == "9.0")
    }
  }

  @Test("protobuf: histogram and summary as io.prometheus.client has them")
  func protobuf() throws {
    let families = try ProtobufMessage.delimited(Self.page(.protobuf))
    let named = Dictionary(families.map { ($0.text(1) ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    let histogram = try #require(try named["latency_usec"]?.messages(4).first?.message(7))
    #expect(histogram.all(1) == [.varint(9)])
    #expect(histogram.double(2) == 20.5)
    let buckets = try histogram.messages(3)
    #expect(buckets.map { $0.all(1) } == [[.varint(2)], [.varint(5)], [.varint(7)]])
    #expect(buckets.map { $0.double(2) } == [1, 2, 4])
    for (name, quantiles) in [("call_usec", [0.5, 0.99]), ("percentile_usec", [50, 99.9])] {
      let summary = try #require(try named[name]?.messages(4).first?.message(4))
      #expect(summary.all(1) == [.varint(9)])
      #expect(summary.double(2) == 20.5)
      #expect(try summary.messages(3).map { $0.double(1) } == quantiles)
      #expect(try summary.messages(3).map { $0.double(2) } == [1.5, 8])
    }
    #expect(named["latency_usec"]?.all(3) == [.varint(4)])
    #expect(named["call_usec"]?.all(3) == [.varint(2)])
  }

  @Test("promtool has nothing to say about the page")
  func promtool() async throws {
    let page = String(decoding: Self.page(.text), as: UTF8.self)
    let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: page)
    #expect(output.status == 0)
    #expect(output.standardError + output.standardOutput == "")
  }

  @Test("series are counted as they stand on the page, and a duplicate is dropped")
  func counting() {
    var batch = Self.batch()
    #expect(batch.seriesCount == 6 + 3 + 4 + 4)
    batch.add(Self.calls, Named("get"), Distribution([], sum: 1, count: 1))
    let page = String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self)
    #expect(page.matches(of: /(?m)^call_usec_count\{name="get"\}/).count == 1)
    #expect(page.contains("call_usec_count{name=\"get\"} 9\n"))
  }

  @Test("a distribution of a family of another kind is left out, and so is a scalar of a histogram")
  func mistakes() {
    var batch = SampleBatch()
    batch.add(
      FamilyDescriptor(name: "g", help: "G.", kind: .gauge), labelValues: [], Distribution([], sum: 1, count: 1))
    batch.add(FamilyDescriptor(name: "ok", help: "Ok.", kind: .gauge), labelValues: [], 1)
    let page = String(decoding: Registry().expose(.text, adding: batch), as: UTF8.self)
    #expect(!page.contains("g_count"))
    #expect(page.contains("\nok 1\n"))
  }
}
