import Catalog
import Hummingbird

/// Builds the router of a service from its routes.
enum RouteTable {
  /// Methods that a path without them answers with 405; any other is unknown to a router and gives 404.
  private static let methods: [HTTPRequest.Method] =
    [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap { $0 }

  static func router(
    for routes: [Route], tokens: TokenVerifier, middleware: [any MiddlewareProtocol<Request, Response, ServiceContext>]
  ) -> Router<ServiceContext> {
    let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
    for each in middleware { router.add(middleware: each) }
    for route in routes {
      router.on(RouterPath(route.path), method: route.method) { request, context in
        var context = context
        if let caller = try await tokens.authorize(request, for: route.access) {
          context.principal = caller.principal
          context.token = caller.token
        }
        return try await route.handler(request, context)
      }
    }
    for (path, own) in Dictionary(grouping: routes, by: \.path) {
      // Where there is GET, Hummingbird answers HEAD.
      let declared = own.map(\.method)
      let allowed = (declared + (declared.contains(.get) ? [.head] : [])).map(\.rawValue).sorted()
      for method in methods where !allowed.contains(method.rawValue) {
        router.on(RouterPath(path), method: method) { _, _ -> Response in throw Problem.methodNotAllowed(allowed) }
      }
    }
    return router
  }
}
