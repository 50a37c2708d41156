import Telemetry
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
    var testDescription: String { "\(accept ?? "no header") → \(format)" }
  }

  /// As the scrapers send them.
  static let real = [
    Case(
      // prometheus 2.42, scrape/scrape.go
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
      .openMetrics),
    Case(
      // prometheus 2.42 with native histograms: protobuf first, which we do not speak
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
      .openMetrics),
    Case(
      // prometheus 3
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
      .openMetrics),
    Case("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", .text),
    Case("*/*", .text),
  ]

  static let grammar = [
    Case(nil, .text), Case("", .text), Case("application/openmetrics-text", .openMetrics),
    Case("application/openmetrics-text; version=1.0.0; charset=utf-8", .openMetrics),
    Case("APPLICATION/OpenMetrics-Text;Version=1.0.0", .openMetrics),
    Case("application/openmetrics-text;version=\"1.0.0\"", .openMetrics),
    Case(" application/openmetrics-text ; version=1.0.0 ; q=0.9 , text/plain ; q=0.8 ", .openMetrics),
    Case("application/openmetrics-text;version=0.0.1", .text),
    Case("application/openmetrics-text;version=2.0.0", .text),
    Case("application/openmetrics-text;q=0", .text), Case("application/openmetrics-text;q=0.000", .text),
    Case("application/openmetrics-text;version=1.0.0;q=0,*/*", .text),
    Case("application/openmetrics-text;q=0.4,text/plain;version=0.0.4;q=0.5", .text),
    Case("text/plain;version=0.0.4;q=0.4,application/openmetrics-text;q=0.5", .openMetrics),
    Case("text/plain;q=0,application/openmetrics-text;q=0.1", .openMetrics),
    Case("text/*;q=0.9,application/openmetrics-text;q=0.5", .text),
    // Who likes both alike gets the one that everybody reads.
    Case("application/openmetrics-text,text/plain", .text),
    // The more specific range rules, whatever its quality.
    Case("text/*;q=0.9,text/plain;version=0.0.4;q=0.1,application/openmetrics-text;q=0.5", .openMetrics),
    Case("*/*;q=1,text/plain;q=0.1,application/openmetrics-text;q=0.5", .openMetrics),
    Case("application/json", .text), Case("application/vnd.google.protobuf", .text),
  ]

  static let junk = [
    ";;;,,,", "application/openmetrics-text;q=high", "application/openmetrics-text;q=nan", "/", "q=1",
    "application/openmetrics-textual", "application", "\u{0}\u{1}", "text/plain;version", ",",
    String(repeating: "a/b;q=0.1,", count: 10_000),
  ].map { Case($0, .text) }

  @Test("what scrapers and browsers send", arguments: real)
  func scrapers(example: Case) { #expect(ExpositionFormat.negotiate(accept: example.accept) == example.format) }

  @Test("RFC 9110's grammar and precedence", arguments: grammar)
  func headers(example: Case) { #expect(ExpositionFormat.negotiate(accept: example.accept) == example.format) }

  @Test("whatever cannot be read gets text", arguments: junk)
  func unreadable(example: Case) { #expect(ExpositionFormat.negotiate(accept: example.accept) == example.format) }

  @Test("the content type names the version that was chosen")
  func contentTypes() {
    #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
    #expect(
      ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
  }
}
