import Instrumentation
import Telemetry

/// Where a task is in its trace. `ServiceContext` is swift-distributed-tracing's task local that libraries hand on.
extension ServiceContext {
  /// nil outside a trace. Reading it costs a lookup in a dictionary.
  public var traceContext: TraceContext? {
    get { self[TraceContextKey.self] }
    set { self[TraceContextKey.self] = newValue }
  }

  /// What came with the trace from outside; nil where nothing did.
  public var traceState: TraceState? {
    get { self[TraceStateKey.self] }
    set { self[TraceStateKey.self] = newValue }
  }
}

extension TraceContext {
  /// The trace of the running task, for an exemplar: `histogram.observe(seconds, labels, exemplar: .current)`. `.none`
  /// outside a trace, of which no exemplar is kept. Reads a task local and looks into its dictionary, some tens of
  /// nanoseconds; where the trace is at hand, hand it in instead.
  public static var current: TraceContext { ServiceContext.current?.traceContext ?? .none }

  /// Runs `operation` in this trace: its logs and exemplars, and the tasks that it starts, are in it.
  public func withCurrent<Result>(_ operation: () throws -> Result) rethrows -> Result {
    try ServiceContext.withValue(asContext, operation: operation)
  }

  /// The same for what waits.
  public func withCurrent<Result>(
    isolation: isolated (any Actor)? = #isolation, _ operation: () async throws -> Result
  ) async rethrows -> Result {
    try await ServiceContext.$current.withValue(asContext, operation: operation, isolation: isolation)
  }

  /// What the task knows already, in this trace.
  private var asContext: ServiceContext {
    var context = ServiceContext.current ?? .topLevel
    context.traceContext = self
    return context
  }
}

private enum TraceContextKey: ServiceContextKey {
  typealias Value = TraceContext
  static let nameOverride: String? = "traceparent"
}

private enum TraceStateKey: ServiceContextKey {
  typealias Value = TraceState
  static let nameOverride: String? = "tracestate"
}
