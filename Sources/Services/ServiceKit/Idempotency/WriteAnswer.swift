import Catalog
import HTTPTypes
import Hummingbird

/// The answer to a write: as it is sent, and kept where the write has an `Idempotency-Key`.
package struct WriteAnswer: Sendable, Equatable {
  package let status: Int
  package let body: String
  package let location: String?
  /// The product's version, quoted (RFC 9110 §8.8.3).
  package let etag: String?
  /// It was given before.
  package var isReplay = false

  package init(status: Int, body: String, location: String? = nil, etag: String? = nil) {
    self.status = status
    self.body = body
    self.location = location
    self.etag = etag
  }

  package init(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, location: String? = nil, etag: String? = nil
  ) {
    self.init(
      status: status.code, body: JSONCoding.text(of: value), location: location, etag: etag)
  }

  /// A refusal, which is an answer like any other.
  package init(_ problem: Problem, requestID: String) {
    self.init(status: problem.status.code, body: problem.document(requestID: requestID))
  }

  package var response: Response {
    var headers: HTTPFields = [:]
    if !body.isEmpty {
      headers[.contentType] = status < 400 ? "application/json; charset=utf-8" : "application/problem+json"
    }
    headers[.location] = location
    headers[.eTag] = etag
    if isReplay { headers[.idempotentReplayed] = "true" }
    return Response(
      status: HTTPResponse.Status(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(string: body)))
  }
}

extension HTTPField.Name {
  package static let idempotencyKey = HTTPField.Name(validated: "idempotency-key")
  /// As others who replay answers call it.
  static let idempotentReplayed = HTTPField.Name(validated: "idempotent-replayed")
}
