import Telemetry
import TestSupport
import Testing

@Suite("Accept negotiation")
struct NegotiationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let accept: String?
    let format: ExpositionFormat
    init(_ accept: String?, _ format: ExpositionFormat) {
      self.accept = accept
      self.format = format
    }
    var testDescription: String { "\(accept ?? "no header") → \(format.contentType)" }
  }

  private static let openMetricsUTF8 = ExpositionFormat(.openMetrics, escaping: .allowUTF8)
  private static let protobuf =
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"

  /// As the scrapers send them.
  static let real = [
    Case(
      // prometheus 2.42, scrape/scrape.go
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
      .openMetrics),
    Case(
      // prometheus 2.42 with native histograms
      "\(protobuf),application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
      .protobuf),
    Case(
      // prometheus 2.30
      "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics),
    Case(
      // prometheus 3
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
      openMetricsUTF8),
    Case(
      // prometheus 3 with native histograms
      "\(protobuf);escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
      ExpositionFormat(.protobuf, escaping: .allowUTF8)),
    Case(
      // prometheus 3 told to scrape PrometheusText1.0.0 with escaped names
      "text/plain;version=1.0.0;escaping=values;q=0.6,*/*;q=0.5", ExpositionFormat(.textUTF8, escaping: .values)),
    Case("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", .text),
    Case("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", .text),
    Case("*/*", .text),
  ]

  static let grammar = [
    Case(nil, .text), Case("", .text), Case("application/openmetrics-text", .openMetrics),
    Case("application/openmetrics-text; version=1.0.0; charset=utf-8", .openMetrics),
    Case("APPLICATION/OpenMetrics-Text;Version=1.0.0", .openMetrics),
    Case("application/openmetrics-text;version=\"1.0.0\"", .openMetrics),
    Case("application/openmetrics-text;version=\"1.0\\.0\"", .openMetrics),
    Case("text/plain;note=\"a,application/openmetrics-text;q=1\";q=0.5,*/*;q=0.1", .text),
    Case(" application/openmetrics-text ; version=1.0.0 ; q=0.9 , text/plain ; q=0.8 ", .openMetrics),
    Case("\tapplication/openmetrics-text\t;\tq=0.9\t,\ttext/plain\t;\tq=0.8", .openMetrics),
    Case(",, ,application/openmetrics-text,,", .openMetrics),
    Case("application/openmetrics-text;version=2.0.0", .text),
    Case("application/openmetrics-text;q=0", .text), Case("application/openmetrics-text;q=0.000", .text),
    Case("application/openmetrics-text;q=0.001", .openMetrics),
    Case("application/openmetrics-text;Q=1.000,text/plain;q=0.999", .openMetrics),
    Case("application/openmetrics-text;version=1.0.0;q=0,*/*", .text),
    Case("application/openmetrics-text;version=1.0.0;q=0,application/openmetrics-text;version=0.0.1", .text),
    Case("application/openmetrics-text;q=0.4,text/plain;version=0.0.4;q=0.5", .text),
    Case("text/plain;version=0.0.4;q=0.4,application/openmetrics-text;q=0.5", .openMetrics),
    Case("text/plain;q=0,application/openmetrics-text;q=0.1", .openMetrics),
    Case("text/*;q=0.9,application/openmetrics-text;q=0.5", .text),
    Case("text/*;q=0.5,application/*;q=0.9", .openMetrics),
    Case("text/plain;version=1.0.0", ExpositionFormat(.textUTF8)),
    Case("text/plain;version=1.0.0;escaping=allow-utf-8", .textUTF8),
    Case("text/plain;version=9.9.9", .text),
    // Who likes both alike gets the one that everybody reads.
    Case("application/openmetrics-text,text/plain", .text),
    Case("\(protobuf),application/openmetrics-text", .openMetrics),
    Case("\(protobuf);q=0.9,application/openmetrics-text;q=0.8,text/plain;q=0.8", .protobuf),
    // The more specific range rules, whatever its quality.
    Case("text/*;q=0.9,text/plain;version=0.0.4;q=0.1,application/openmetrics-text;q=0.5", .openMetrics),
    Case("*/*;q=1,text/plain;q=0.1,application/openmetrics-text;q=0.5", .openMetrics),
    Case("application/openmetrics-text;q=0.1,application/openmetrics-text;version=1.0.0,text/*;q=0.5", .openMetrics),
    // Of two that are as specific the more favourable.
    Case("application/openmetrics-text;q=0.1,application/openmetrics-text;q=0.9,text/*;q=0.5", .openMetrics),
    Case("application/json", .text),
    // Protobuf is for who names these very messages.
    Case("application/vnd.google.protobuf", .text),
    Case("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", .text),
    Case("application/vnd.google.protobuf;proto=other.Message;encoding=delimited", .text),
    Case("application/*,text/plain;q=0.1", .openMetrics),
  ]

  static let schemes =
    EscapingScheme.allCases.flatMap { scheme in
      [
        Case("text/plain;version=0.0.4;escaping=\(scheme.rawValue)", ExpositionFormat(.text, escaping: scheme)),
        Case(
          "application/openmetrics-text;escaping=\"\(scheme.rawValue)\"",
          ExpositionFormat(.openMetrics, escaping: scheme)),
        Case("\(protobuf);escaping=\(scheme.rawValue)", ExpositionFormat(.protobuf, escaping: scheme)),
      ]
    } + [
      Case("application/openmetrics-text;escaping=rot13", .openMetrics),
      // The scheme of a range that was not chosen says nothing.
      Case("text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.5", .text),
    ]

  static let junk = [
    ";;;,,,", "application/openmetrics-text;q=high", "application/openmetrics-text;q=nan", "/", "q=1",
    "application/openmetrics-text;q=-1", "application/openmetrics-text;q=", "application/openmetrics-text;q=.",
    "application/openmetrics-text;version=\"1.0.0;q=1,text/plain", "application/openmetrics-text/x",
    "application/openmetrics-textual", "application", "\u{0}\u{1}", "text/plain;version", ",", "\"", "\\", "\"\\",
    String(repeating: "a/b;q=0.1,", count: 10_000), String(repeating: "\"", count: 9999),
    String(repeating: "a/b,", count: 100) + "application/openmetrics-text",
  ].map { Case($0, .text) }

  @Test("what scrapers and browsers send", arguments: real)
  func scrapers(example: Case) { #expect(ExpositionFormat.negotiate(accept: example.accept) == example.format) }

  @Test("RFC 9110's grammar and precedence", arguments: grammar)
  func headers(example: Case) { #expect(ExpositionFormat.negotiate(accept: example.accept) == example.format) }

  @Test("the escaping scheme that was named", arguments: schemes)
  func escaping(example: Case) { #expect(ExpositionFormat.negotiate(accept: example.accept) == example.format) }

  @Test("whatever cannot be read gets text", arguments: junk)
  func unreadable(example: Case) { #expect(ExpositionFormat.negotiate(accept: example.accept).kind == .text) }

  @Test("the content type names the version that was chosen, and the scheme where it was named")
  func contentTypes() {
    #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
    #expect(
      ExpositionFormat.textUTF8.contentType == "text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8")
    #expect(
      ExpositionFormat(.textUTF8).contentType == "text/plain; version=1.0.0; charset=utf-8; escaping=underscores")
    #expect(
      ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    #expect(
      ExpositionFormat(.openMetrics, escaping: .dots).contentType
        == "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=dots")
    #expect(
      ExpositionFormat.protobuf.contentType
        == "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited")
    #expect(ExpositionFormat.openMetrics.escaping == .underscores)
  }
}

/// Headers that no table holds.
@Suite("Accept negotiation, generated")
struct GeneratedNegotiationTests {
  private static let types = [
    "text/plain", "text/*", "*/*", "application/*", "application/openmetrics-text", "application/json",
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
  ]
  private static let versions = ["", ";version=0.0.4", ";version=1.0.0", ";version=0.0.1", ";version=7"]

  private func ranges(_ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 1...8, using: &random)).map { _ in
      let type = Self.types.randomElement(using: &random) ?? ""
      let version = type.hasPrefix("text") || type.hasSuffix("text") ? Self.versions.randomElement(using: &random) : ""
      return type + (version ?? "")
        + ";q=0.\(Int.random(in: 0...999, using: &random) + 1000)".replacing("0.1", with: "0.")
    }
  }

  @Test("neither order, nor case, nor blanks, nor quotes of ranges change the choice")
  func spelling() {
    var random = SeededGenerator(for: "Accept: spelling")
    for _ in 0..<1000 {
      let ranges = ranges(&random)
      let respelled = ranges.shuffled(using: &random).map { range in
        let blank = [" ", "\t", ""].randomElement(using: &random) ?? ""
        let quoted = Bool.random(using: &random) ? range.replacing("version=0.0.4", with: "version=\"0.0\\.4\"") : range
        let spaced = quoted.split(separator: ";").joined(separator: "\(blank);\(blank)")
        return blank + (Bool.random(using: &random) ? spaced.uppercased() : spaced)
      }
      let plain = ExpositionFormat.negotiate(accept: ranges.joined(separator: ","))
      let other = ExpositionFormat.negotiate(accept: respelled.joined(separator: ","))
      #expect(plain == other, "\(ranges) as \(respelled), seed \(random.seed)")
    }
  }

  @Test("mutated headers are survived, and nothing of them is ever sent back")
  func mutation() {
    var random = SeededGenerator(for: "Accept: mutation")
    let known = Set(
      ExpositionFormat.Kind.allCases.flatMap { kind in
        ([nil] + EscapingScheme.allCases).map { ExpositionFormat(kind, escaping: $0).contentType }
      })
    for _ in 0..<5000 {
      var bytes = Array(ranges(&random).joined(separator: ",").utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let position = Int.random(in: 0...bytes.count, using: &random)
        let piece = Array(random.text(maximumCount: 4).utf8) + [UInt8.random(in: 0...255, using: &random)]
        let end = min(bytes.count, position + Int.random(in: 0...3, using: &random))
        bytes.replaceSubrange(position..<end, with: piece)
      }
      let chosen = ExpositionFormat.negotiate(accept: String(decoding: bytes, as: UTF8.self))
      #expect(known.contains(chosen.contentType), "\(bytes), seed \(random.seed)")
    }
  }
}
