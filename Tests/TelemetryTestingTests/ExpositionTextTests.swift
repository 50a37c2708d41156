import MetricModel
import Telemetry
import TelemetryTesting
import TestSupport
import Testing

@Suite("Text 0.0.4, read strictly")
struct ExpositionTextTests {
  /// From the format's own description, with a help for the untyped metric.
  static let documented = #"""
    # HELP http_requests_total The total number of HTTP requests.
    # TYPE http_requests_total counter
    http_requests_total{method="post",code="200"} 1027 1395066363000
    http_requests_total{method="post",code="400"}    3 1395066363000

    # Escaping in label values:
    msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9

    # Minimalistic line:
    metric_without_timestamp_and_labels 12.47

    # A weird metric from before the epoch:
    something_weird{problem="division by zero"} +Inf -3982045

    # A histogram, which has a pretty complex representation in the text format:
    # HELP http_request_duration_seconds A histogram of the request duration.
    # TYPE http_request_duration_seconds histogram
    http_request_duration_seconds_bucket{le="0.05"} 24054
    http_request_duration_seconds_bucket{le="0.1"} 33444
    http_request_duration_seconds_bucket{le="+Inf"} 144320
    http_request_duration_seconds_sum 53423
    http_request_duration_seconds_count 144320

    # Finally a summary, which has a complex representation, too:
    # HELP rpc_duration_seconds A summary of the RPC duration in seconds.
    # TYPE rpc_duration_seconds summary
    rpc_duration_seconds{quantile="0.01"} 3102
    rpc_duration_seconds{quantile="0.99"} 76656
    rpc_duration_seconds_sum 1.7560473e+07
    rpc_duration_seconds_count 2693

    """#

  @Test("the example of the format's description")
  func example() throws {
    let page = try ExpositionText(Self.documented)
    #expect(
      page.families.map(\.name) == [
        "http_requests_total", "msdos_file_access_time_seconds", "metric_without_timestamp_and_labels",
        "something_weird", "http_request_duration_seconds", "rpc_duration_seconds",
      ])
    #expect(page.families.map(\.type) == [.counter, nil, nil, nil, .histogram, .summary])
    let requests = try #require(page.family("http_requests_total"))
    #expect(requests.help == "The total number of HTTP requests.")
    #expect(requests.line == 1)
    let second = try #require(requests.samples.last)
    #expect(second.labels == [.init("method", "post"), .init("code", "400")])
    #expect(second.value == 3 && second.timestampMilliseconds == 1_395_066_363_000 && second.line == 4)
    let escaped = try #require(page.family("msdos_file_access_time_seconds")?.samples.first)
    #expect(escaped[label: "path"] == #"C:\DIR\FILE.TXT"#)
    #expect(escaped[label: "error"] == "Cannot find file:\n\"FILE.TXT\"")
    #expect(page.family("something_weird")?.samples.first?.value == .infinity)
    #expect(page.family("http_request_duration_seconds")?.samples.count == 5)
    #expect(page.family("rpc_duration_seconds")?.samples.count == 4)
  }

  @Test(
    "blanks between tokens do not count",
    arguments: ["a{b=\"c\",d=\"e\"} 1", " a\t{ b = \"c\" , d = \"e\" , } \t1", "a{b=\"c\",d=\"e\",} 1.0e0"])
  func blanks(line: String) throws {
    let sample = try #require(try ExpositionText(line + "\n").families.first?.samples.first)
    #expect(sample.labelValues == ["b": "c", "d": "e"] && sample.value == 1)
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let page: String
    let line: Int
    let saying: String
    /// Whether promtool, which puts up with much, refuses it too.
    let isRefusedByPromtool: Bool
    var testDescription: String { saying }

    init(_ page: String, line: Int = 1, _ saying: String, promtool: Bool = true) {
      (self.page, self.line, self.saying, isRefusedByPromtool) = (page, line, saying, promtool)
    }
  }

  static let histogram = "# TYPE h histogram\n"
  static let bad = [
    Bad("a 1", "ends within a line"), Bad("a\n", "no value"), Bad("a x\n", "no value"),
    Bad("a 0x1p3\n", "no value"), Bad("a 1_000\n", "no value"), Bad("a 1e\n", "no value"),
    Bad("a 1 2 3\n", "more after"),
    Bad("a 1 x\n", "no timestamp"), Bad("a 1 1.5\n", "no timestamp"), Bad("1a 1\n", "name is missing"),
    Bad("{a=\"b\"} 1\n", "no metric's name"), Bad("a{b} 1\n", "no value"), Bad("a{b=c} 1\n", "not in quotes"),
    Bad("a{b=\"c} 1\n", "within quotes"), Bad("a{b=\"\\t\"} 1\n", "backslash"),
    Bad("a{b=\"c\" d=\"e\"} 1\n", "no comma"),
    Bad("a{b:c=\"d\"} 1\n", "no value"), Bad("a{,} 1\n", "name is missing", promtool: true),
    Bad("a{b=\"c\",b=\"d\"} 1\n", "twice"), Bad("é 1\n", "name is missing"),
    Bad("a{b=\"c\"} 1\na{b=\"c\"} x\n", line: 2, "no value"),
    Bad("# TYPE a meter\na 1\n", "is no type"), Bad("# TYPE a counter x\na 1\n", "is no type"),
    Bad("# TYPE a gauge \na 1\n", "is no type"), Bad("a 1 \n", "no timestamp"), Bad("a 1\t\n", "no timestamp"),
    Bad("a 1 2 \n", "more after"),
    Bad("# HELP a \\t\na 1\n", "backslash"), Bad("# HELP a \\\"b\na 1\n", "backslash"),
    Bad("# HELP 1a b\n", "name is missing"),
    Bad("# HELP a b\n# HELP a c\na 1\n", line: 2, "second help"),
    Bad("# TYPE a gauge\n# TYPE a gauge\na 1\n", line: 2, "second type"),
    Bad("a 1\n# TYPE a gauge\n", line: 2, "after its samples"),
    Bad("a 1\n# HELP a b\n", line: 2, "after its samples", promtool: false),
    Bad("a 1\nb 1\na{c=\"d\"} 1\n", line: 3, "two places", promtool: false),
    Bad("a{b=\"1\",c=\"2\"} 1\na{c=\"2\",b=\"1\"} 2\n", line: 2, "is there twice", promtool: false),
    Bad(histogram + "h_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n", line: 2, "no bucket +Inf", promtool: false),
    Bad(histogram + "h_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 2\n", line: 4, "count of h", promtool: false),
    Bad(histogram + "h_bucket{le=\"+Inf\"} 1\nh_count 1\n", line: 2, "lacks", promtool: false),
    Bad(histogram + "h_bucket 1\n", line: 2, "no le", promtool: false),
    Bad(histogram + "h_bucket{le=\"x\"} 1\n", line: 2, "no bucket's bound"),
    Bad(histogram + "h 1\n", line: 2, "no plain sample", promtool: false),
    Bad(
      histogram + "h_bucket{le=\"2\"} 1\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n", line: 3,
      "do not increase", promtool: false),
    Bad(
      histogram + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n", line: 3, "not cumulative",
      promtool: false),
    Bad("# TYPE s summary\ns 1\n", line: 2, "quantile", promtool: false),
  ]

  @Test("what the format forbids is refused, with its line", arguments: bad)
  func refused(bad: Bad) {
    let error = #expect(throws: ExpositionTextError.self) { try ExpositionText(bad.page) }
    #expect(error?.line == bad.line)
    #expect(error?.problem.contains(bad.saying) == true, "\(error?.description ?? "")")
  }

  @Test("promtool refuses what we say it refuses", arguments: bad)
  func promtool(bad: Bad) async throws {
    let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: bad.page)
    #expect((output.status == 1) == bad.isRefusedByPromtool, "\(bad.page)\(output.standardError)")
  }

  @Test("bytes that are no UTF-8 are refused, quoted names are read where they are allowed")
  func encodings() throws {
    let error = #expect(throws: ExpositionTextError.self) {
      try ExpositionText(bytes: Array("a 1\nb{c=\"".utf8) + [0xFF] + Array("\"} 1\n".utf8))
    }
    #expect(error?.line == 2)
    let quoted = "# TYPE \"a.b\" gauge\n{\"a.b\",\"c.d\"=\"e\"} 1\n{\"a.b\"} 2\n"
    #expect(throws: ExpositionTextError.self) { try ExpositionText(quoted) }
    let family = try #require(try ExpositionText(quoted, allowsQuotedNames: true).family("a.b"))
    #expect(family.samples.map(\.labelValues) == [["c.d": "e"], [:]])
  }

  @Test("whatever a registry writes is read back as it was recorded, any name, label and text")
  func roundTrip() throws {
    var random = RandomPages(for: "round trip")
    for _ in 0..<40 {
      let (batch, recorded) = random.batch(families: 10)
      let registry = Registry()
      let page = try ExpositionText(bytes: registry.expose(.textUTF8, adding: batch), allowsQuotedNames: true)
      let escaped = try ExpositionText(bytes: registry.expose(.text, adding: batch))
      #expect(page.families.count == recorded.count && escaped.families.count == recorded.count)
      for (family, series) in recorded {
        let read = try #require(page.families.first { Array($0.name.utf8) == Array(family.name.utf8) })
        #expect(read.help.map { Array($0.utf8) } == Array(family.help.utf8), "seed \(random.seed)")
        #expect(read.type == (family.kind == .gauge ? .gauge : .untyped))
        for (sample, one) in zip(read.samples, series) {
          #expect(sample.labels.map { Array($0.name.utf8) } == family.labelNames.map { Array($0.utf8) })
          #expect(
            sample.labels.map { Array($0.value.utf8) } == one.values.map { Array($0.utf8) }, "seed \(random.seed)")
          #expect(sample.value == one.value || (sample.value.isNaN && one.value.isNaN), "seed \(random.seed)")
        }
        #expect(read.samples.count == series.count)
      }
    }
  }

  @Test("no page makes it trap, and what it accepts promtool reads")
  func mutations() async throws {
    var random = RandomPages(for: "mutated pages")
    let alphabet = Array("{}\",=\\ \n#a_1:+.eHELPTYPE".utf8) + [0, 0xC3, 0xFF]
    var (accepted, refused) = ([[UInt8]](), 0)
    for _ in 0..<2_000 {
      var bytes = Array(Self.documented.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[position] = alphabet.randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: position)
        default: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: position)
        }
      }
      if (try? ExpositionText(bytes: bytes)) == nil { refused += 1 } else { accepted.append(bytes) }
    }
    #expect(refused > 300 && accepted.count > 300)
    for bytes in accepted.shuffled(using: &random).prefix(25) {
      let page = String(decoding: bytes, as: UTF8.self)
      let output = try await Subprocess.run(["/usr/bin/promtool", "check", "metrics"], input: page)
      #expect(output.status != 1, "seed \(random.seed): \(output.standardError)\n\(page)")
    }
  }
}
