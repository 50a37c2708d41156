import Hummingbird
import Logging
import Telemetry

/// What a request carries on its way.
package struct ServiceContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The client's `X-Request-ID`, or ours.
  package var requestID = ""
  package var trace = TraceContext.random()
  /// Who asks; nil on open routes.
  package var principal: Principal?

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
  }
}
