import Hummingbird
import JSON
import Postgres
import ServiceKit

/// A request that changes something: its body, who sends it, and its key.
struct WriteRequest: Sendable {
  let body: ByteBuffer
  let user: String
  let requestID: String
  let key: IdempotencyKey?

  /// - Parameters:
  ///   - hasBody: a JSON object; else nothing is read.
  ///   - seal: of a body with a password in it.
  /// - Throws: 413, 415, 422 as a `Problem`.
  init(
    _ request: Request, _ context: ServiceContext, hasBody: Bool = true,
    maximumBytes: Int = Route.defaultMaximumBodyBytes, seal: BodySeal? = nil
  ) async throws {
    body =
      hasBody
      ? try await JSONCoding.body(of: request, maximumBytes: maximumBytes) : ByteBuffer()
    user = context.principal?.name ?? ""
    requestID = context.requestID
    key = try IdempotencyKey(request, body: body, user: user, seal: seal)
  }

  func fields() throws(Problem) -> FieldReader { try JSONCoding.object(in: body) }
}

extension Transaction {
  /// Who did what, with the change itself: there is never one without the other.
  func audit(
    _ action: String, _ object: String, _ detail: JSONValue = [:], by write: WriteRequest
  ) async throws(PostgresError) {
    try await AuditLog.note(
      AuditEntry(user: write.user, action: action, object: object, detail: detail, requestID: write.requestID), in: self
    )
  }
}
