import Instrumentation
import Logging
import MetricModel
import Synchronization
import Telemetry
import TelemetryTracing
import Testing

@Suite("The trace of a task")
struct CurrentTraceTests {
  private final class Lines: LogSink, Sendable {
    private let kept = Mutex<[String]>([])
    func write(_ records: [LogRecord]) {
      kept.withLock { $0 += records.map { String(decoding: $0.line, as: UTF8.self) } }
    }
    var all: [String] { kept.withLock { $0 } }
  }

  @Test("every line that is logged within it has its ids, and no other")
  func logs() async throws {
    let lines = Lines()
    let pipeline = LogPipeline(service: "test", sinks: [("memory", lines)]) { _ in }
    let logger = Logger(label: "l") { label in
      var handler = pipeline.handler(label: label, level: .info)
      handler.metadataProvider = .trace
      return handler
    }
    let trace = TraceContext.random()
    logger.info("before")
    trace.withCurrent { logger.info("inside") }
    await trace.withCurrent {
      async let line: Void = logger.info("in a child task")
      await line
    }
    trace.withCurrent { logger.info("own", metadata: ["trace_id": "mine"]) }
    TraceContext.none.withCurrent { logger.info("none") }
    pipeline.close()
    let found = lines.all
    try #require(found.count == 5)
    let ids = [#""trace_id":"\#(trace.traceID)""#, #""span_id":"\#(trace.spanID)""#]
    for index in [1, 2] { #expect(ids.allSatisfy { found[index].contains($0) }, "\(found[index])") }
    for index in [0, 4] { #expect(!found[index].contains("trace_id") && !found[index].contains("span_id")) }
    #expect(found[3].contains(#""trace_id":"mine""#) && found[3].contains(ids[1]))
  }

  @Test("an observation takes it as its exemplar, where there is one")
  func exemplars() {
    let registry = Registry()
    let waits = registry.histogram(Family<Histogram, NoLabels>("wait_seconds", "Waits.", unit: .seconds, bounds: [1]))
    let page = { String(decoding: registry.expose(.openMetrics), as: UTF8.self) }
    waits.observe(0.5, exemplar: .current)
    #expect(!page().contains("trace_id"))
    let trace = TraceContext.random()
    trace.withCurrent { waits.observe(0.5, exemplar: .current) }
    #expect(page().contains(##"wait_seconds_bucket{le="1.0"} 2 # {trace_id="\##(trace.traceID)",span_id="##))
  }

  @Test("what else the task carries stays, and afterwards all is as before")
  func nesting() {
    let (outer, inner) = (TraceContext.random(), TraceContext.random())
    var context = ServiceContext.topLevel
    context.traceState = TraceState("rojo=1")
    ServiceContext.withValue(context) {
      outer.withCurrent {
        inner.withCurrent {
          #expect(TraceContext.current == inner)
          #expect(ServiceContext.current?.traceState?.header == "rojo=1")
        }
        #expect(TraceContext.current == outer)
      }
      #expect(TraceContext.current == .none)
    }
  }
}
