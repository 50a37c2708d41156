import Telemetry
import Testing

/// The table of https://www.w3.org/TR/trace-context/#traceparent-header and of its test suite (w3c/trace-context).
@Suite("traceparent")
struct TraceContextTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let span = "00f067aa0ba902b7"

  static let accepted: [(header: String, sampled: Bool)] = [
    ("00-\(trace)-\(span)-01", true), ("00-\(trace)-\(span)-00", false),
    // Bits that version 00 does not define are ignored.
    ("00-\(trace)-\(span)-02", false), ("00-\(trace)-\(span)-ff", true), ("00-\(trace)-\(span)-0a", false),
    // A later version is read by the rules of 00 as far as they go.
    ("01-\(trace)-\(span)-01", true), ("cc-\(trace)-\(span)-01-what-the-future-will-be-like", true),
    ("fe-\(trace)-\(span)-00-", false),
  ]

  @Test("a valid header is read", arguments: accepted)
  func reads(header: String, sampled: Bool) throws {
    let context = try #require(TraceContext(traceparent: header))
    #expect(context.traceID == Self.trace)
    #expect(context.spanID == Self.span)
    #expect(context.isSampled == sampled)
  }

  @Test(
    "an invalid header starts a new trace",
    arguments: [
      "", "00", "-", "00-\(trace)-\(span)", "00-\(trace)-\(span)-", "00-\(trace)-\(span)-1",
      "00-\(trace)-\(span)-01-", "00-\(trace)-\(span)-01-more", "00-\(trace)-\(span)-01.", "00-\(trace)-\(span)-0g",
      "00-\(trace)-\(span)-0A", "ff-\(trace)-\(span)-01", "0-\(trace)-\(span)-01", "0x-\(trace)-\(span)-01",
      "000-\(trace)-\(span)-01", "00-\(trace.uppercased())-\(span)-01", "00-\(trace)-\(span.uppercased())-01",
      "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
      "00-\(trace)0-\(span)-01", "00-\(trace.dropLast())-\(span)-01", "00-\(trace)-\(span)0-01",
      "00_\(trace)_\(span)_01", "00-\(trace.dropLast()).-\(span)-01", "cc-\(trace)-\(span)-01.what",
      "cc-\(trace)-\(span)-011", " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ", "00-\(trace)-\(span)-é1",
    ])
  func refuses(header: String) {
    #expect(TraceContext(traceparent: header) == nil)
  }

  @Test("what is sent on is valid, and reads back")
  func roundTrip() throws {
    for _ in 0..<1_000 {
      let context = TraceContext.random()
      #expect(context.traceID.utf8.count == 32)
      #expect(context.spanID.utf8.count == 16)
      #expect(try #require(TraceContext(traceparent: context.traceparent)) == context)
    }
    let sampled = TraceContext(
      traceHigh: 0x4bf9_2f35_77b3_4da6, traceLow: 0xa3ce_929d_0e0e_4736, span: 0x00f0_67aa_0ba9_02b7, isSampled: true)
    #expect(sampled.traceparent == "00-\(Self.trace)-\(Self.span)-01")
  }

  @Test("a child is a new span of the same trace")
  func child() throws {
    let parent = try #require(TraceContext(traceparent: "00-\(Self.trace)-\(Self.span)-01"))
    let child = parent.child()
    #expect(child.traceID == parent.traceID)
    #expect(child.spanID != parent.spanID)
    #expect(child.isSampled)
    #expect(TraceContext(traceparent: child.traceparent) == child)
  }

  @Test("new traces differ")
  func unique() {
    let contexts = (0..<1_000).map { _ in TraceContext.random() }
    #expect(Set(contexts.map(\.traceID)).count == 1_000)
    #expect(Set(contexts.map(\.spanID)).count == 1_000)
  }
}
