import Catalog
import HTTPTypes
import Hummingbird
import Logging
import Telemetry
import TelemetryTracing

/// The outermost middleware: gives a request its id and its place in a trace, turns errors into problems, and says
/// once what happened, as metrics and as one log line.
struct ObserveRequests: RouterMiddleware {
  /// Longer ids are not ours to carry.
  static let maximumRequestIDBytes = 128
  /// Asked for every few seconds by machines: their lines are of level debug.
  private static let quietRoutes: Set<String> = ["/metrics", "/health", "/health/live", "/health/ready"]

  let metrics: RequestMetrics
  let logger: Logger

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    metrics.inFlight.add(1)
    var context = context
    context.trace =
      request.headers[.traceparent].flatMap { TraceContext(traceparent: $0)?.child() } ?? TraceContext.random()
    context.requestID = Self.requestID(of: request) ?? context.trace.traceID
    context.logger = logger
    context.logger[metadataKey: "request_id"] = .string(context.requestID)
    // The trace itself reaches every line of this task through the logging system's metadata provider.
    return await context.trace.withCurrent { [context] in
      await answer(request, context, next: next, since: start)
    }
  }

  private func answer(
    _ request: Request, _ context: ServiceContext,
    next: (Request, ServiceContext) async throws -> Response, since start: ContinuousClock.Instant
  ) async -> Response {
    var response: Response
    var failure: (any Error)?
    do {
      response = try await next(request, context)
    } catch {
      if Problem(clientFault: error) == nil { failure = error }
      response = (Problem(clientFault: error) ?? .internalError).response(requestID: context.requestID)
    }
    response.headers[.requestID] = context.requestID
    response.headers[.traceparent] = context.trace.traceparent
    finish(request, context, status: response.status.code, failure: failure, since: start)
    return response
  }

  private func finish(
    _ request: Request, _ context: ServiceContext, status: Int, failure: (any Error)?,
    since start: ContinuousClock.Instant
  ) {
    let elapsed = start.duration(to: .now)
    let seconds = elapsed / .seconds(1)
    let route = context.endpointPath
    metrics.inFlight.add(-1)
    metrics.record(
      metrics.endpoint(method: request.method.rawValue, route: route), status: status, seconds: seconds,
      trace: context.trace)
    var metadata: Logger.Metadata = [
      "method": .string(request.method.rawValue), "route": .string(route ?? "NotFound"),
      "status": .stringConvertible(status),
      "duration_ms": .stringConvertible((seconds * 1_000_000).rounded() / 1_000),
    ]
    if let failure { metadata["cause"] = .string(String(describing: failure)) }
    let level: Logger.Level =
      status >= 500 ? .error : route.map(Self.quietRoutes.contains) == true ? .debug : .info
    context.logger.log(level: level, "request answered", metadata: metadata)
  }

  /// Visible ASCII of a bounded length, so that an id can stand in a log line, a header and a search box.
  private static func requestID(of request: Request) -> String? {
    guard let given = request.headers[.requestID], (1...maximumRequestIDBytes).contains(given.utf8.count),
      given.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    return given
  }
}

extension HTTPField.Name {
  static let requestID = HTTPField.Name(validated: "x-request-id")
  static let traceparent = HTTPField.Name(validated: "traceparent")
  static let forwardedFor = HTTPField.Name(validated: "x-forwarded-for")

  /// For names that are written here, in the source.
  init(validated name: String) {
    guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no field name") }
    self = name
  }
}
