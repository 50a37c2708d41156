import Hummingbird
import Settings
import Topology

/// `CORS_ORIGINS`: exact matches get the headers and an answered preflight; anybody else gets none.
struct CORS: RouterMiddleware {
  static let preflightSeconds = 600

  private let origins: Set<String>

  init(settings: Settings) throws(SettingsError) {
    let text = try settings.optional(Variables.corsOrigins) ?? ""
    origins = Set(text.split(separator: ",").map { String($0.drop { $0 == " " }).trimmingTrailingSpaces })
    for origin in origins where !origin.contains("://") || origin.hasSuffix("/") || origin.contains("*") {
      throw SettingsError(
        Variables.corsOrigins, "tiene “\(origin)”, que no es un origen", remedy: "escribí esquema://host[:puerto]")
    }
  }

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    guard let origin = request.headers[.origin], origins.contains(origin) else {
      return try await next(request, context)
    }
    var response: Response
    if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
      response = Response(status: .noContent)
      response.headers[.accessControlAllowMethods] = "GET, POST, PUT, PATCH, DELETE"
      response.headers[.accessControlAllowHeaders] =
        "Authorization, Content-Type, Idempotency-Key, If-Match, X-API-Key, X-Request-ID, traceparent"
      response.headers[.accessControlMaxAge] = String(Self.preflightSeconds)
    } else {
      response = try await next(request, context)
    }
    response.headers[.accessControlAllowOrigin] = origin
    response.headers[.vary] = "Origin"
    return response
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var rest = self[...]
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
