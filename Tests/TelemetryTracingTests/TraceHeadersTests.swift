import Instrumentation
import Telemetry
import TelemetryTracing
import Testing

@Suite("Trace headers")
struct TraceHeadersTests {
  static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  struct Reader: Extractor {
    func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
  }

  struct Writer: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
  }

  private func extract(_ headers: [String: String], by instrument: TraceHeaders = TraceHeaders()) -> ServiceContext {
    var context = ServiceContext.topLevel
    instrument.extract(headers, into: &context, using: Reader())
    return context
  }

  private func inject(_ context: ServiceContext) -> [String: String] {
    var headers: [String: String] = [:]
    TraceHeaders().inject(context, into: &headers, using: Writer())
    return headers
  }

  @Test("the trace is the caller's, the span one of its own, the state handed on unchanged")
  func through() throws {
    let context = extract(["traceparent": Self.parent, "tracestate": "rojo=1,congo=2"])
    let trace = try #require(context.traceContext)
    #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(trace.spanID != "b7ad6b7169203331" && trace.isValid && trace.isSampled)
    #expect(inject(context) == ["traceparent": trace.traceparent, "tracestate": "rojo=1,congo=2"])
  }

  @Test("an invalid state costs the parent nothing")
  func invalidState() throws {
    let context = extract(["traceparent": Self.parent, "tracestate": "A=1"])
    #expect(context.traceContext?.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(inject(context).keys.sorted() == ["traceparent"])
  }

  @Test(
    "a state without a valid parent is dropped, and a trace begins where that is asked for",
    arguments: ["", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "nonsense"])
  func noParent(parent: String) throws {
    let headers = ["traceparent": parent, "tracestate": "rojo=1"]
    let begun = try #require(extract(headers).traceContext)
    #expect(begun.isValid)
    #expect(inject(extract(headers)).keys.sorted() == ["traceparent"])
    let without = extract(headers, by: TraceHeaders(startsTraces: false))
    #expect(without.traceContext == nil)
    #expect(inject(without) == [:])
  }

  @Test("what the context knows already is not replaced by a new trace")
  func known() {
    let trace = TraceContext.random()
    var context = ServiceContext.topLevel
    context.traceContext = trace
    TraceHeaders().extract([:], into: &context, using: Reader())
    #expect(context.traceContext == trace)
  }

  @Test("it serves as the process' instrument")
  func bootstrap() {
    InstrumentationSystem.bootstrap(TraceHeaders())
    var context = ServiceContext.topLevel
    InstrumentationSystem.instrument.extract(["traceparent": Self.parent], into: &context, using: Reader())
    #expect(context.traceContext?.traceID == "0af7651916cd43dd8448eb211c80319c")
  }
}
