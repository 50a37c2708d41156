import Instrumentation
import Telemetry

/// Takes a request's place in its trace from the headers `traceparent` and `tracestate`, and puts it into those of the
/// requests that are made on its behalf (https://www.w3.org/TR/trace-context/).
///
/// ```swift
/// InstrumentationSystem.bootstrap(TraceHeaders())
/// ```
///
/// It is an `Instrument` and no `Tracer`: nothing here exports spans, so none are recorded; a trace is what logs,
/// exemplars and other systems' spans have in common. A span of another's tracer that is in charge of the context is
/// not known here.
///
/// Stateless; safe from any thread.
public struct TraceHeaders: Sendable {
  private static let parentHeader = "traceparent"
  private static let stateHeader = "tracestate"
  private let startsTraces: Bool

  /// - Parameter startsTraces: whether a request that comes without a valid `traceparent` begins a trace, so that its
  ///   log lines belong together.
  public init(startsTraces: Bool = true) { self.startsTraces = startsTraces }
}

extension TraceHeaders: Instrument {
  /// The context is then in a span of its own, a child of the caller's. A state without a valid parent is dropped, as
  /// the processing model wants it, and so is an invalid state, which costs the parent nothing.
  public func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
  ) where Extract.Carrier == Carrier {
    guard let header = extractor.extract(key: Self.parentHeader, from: carrier),
      let parent = TraceContext(traceparent: header)
    else {
      if startsTraces, context.traceContext == nil { context.traceContext = .random() }
      return
    }
    context.traceContext = parent.child()
    context.traceState = extractor.extract(key: Self.stateHeader, from: carrier).flatMap { TraceState($0) }
  }

  /// Nothing outside a trace.
  public func inject<Carrier, Inject: Injector>(
    _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier {
    guard let trace = context.traceContext, trace.isValid else { return }
    injector.inject(trace.traceparent, forKey: Self.parentHeader, into: &carrier)
    if let state = context.traceState { injector.inject(state.header, forKey: Self.stateHeader, into: &carrier) }
  }
}
