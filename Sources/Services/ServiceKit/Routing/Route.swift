import Hummingbird

/// One endpoint as a complete value: how it is reached, by whom, what it promises, and what it does. The router,
/// the metrics' `route` label, the authorisation and the OpenAPI document are all derived from it.
package struct Route: Sendable {
  package typealias Handler = @Sendable (Request, ServiceContext) async throws -> Response

  package enum Access: Sendable, Equatable {
    /// Anybody who reaches the port.
    case open
    /// A valid token with one of these roles; `admin` always.
    case roles([Role])
  }

  /// JSON bodies end here.
  package static let defaultMaximumBodyBytes = 1 << 20

  package let method: HTTPRequest.Method
  /// With parameters in braces: `/api/v1/productos/{id}`.
  package let path: String
  package let access: Access
  package let operation: Operation
  package let handler: Handler

  package init(
    _ method: HTTPRequest.Method, _ path: String, access: Access, _ operation: Operation, handler: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.operation = operation
    self.handler = handler
  }
}
