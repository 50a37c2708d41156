import Catalog
import HTTPTypes
import Hummingbird

/// The members of RFC 9457 §3.1, and ours.
private struct ProblemDocument: Encodable {
  let type = "about:blank"
  let title: String
  let status: Int
  let code: String
  let detail: String
  let requestID: String
  let fields: [FieldProblem]?

  enum CodingKeys: String, CodingKey {
    case type, title, status, code, detail
    case requestID = "request_id"
    case fields = "errores"
  }
}

extension Problem {
  /// As JSON.
  func document(requestID: String) -> String {
    let document = ProblemDocument(
      title: status.phrase, status: status.code, code: code, detail: detail, requestID: requestID,
      fields: fields.isEmpty ? nil : fields)
    return JSONCoding.text(of: document)
  }

  package func response(requestID: String) -> Response {
    var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
    for (name, value) in self.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(
      status: HTTPResponse.Status(code: status.code), headers: headers,
      body: .init(byteBuffer: ByteBuffer(string: document(requestID: requestID))))
  }

  /// What a client may know of an error that nobody turned into a problem; nil where it is our own fault, to be
  /// logged by whoever asks.
  package init?(clientFault error: any Error) {
    if let problem = error as? Problem {
      self = problem
    } else if let error = error as? HTTPError {
      switch error.status {
      case .notFound: self = .noSuchRoute
      case .contentTooLarge: self = .tooLarge(limitBytes: Route.defaultMaximumBodyBytes)
      default: self = Problem(HTTPStatus(code: error.status.code), code: "pedido_invalido", "El pedido no es válido.")
      }
    } else {
      return nil
    }
  }
}
