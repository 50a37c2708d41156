import NIOCore

/// What stands between strangers and a server's pages: TLS in front of HTTP, and who may ask. Both are asked anew for
/// each connection and request, so that they may change while the server runs.
public protocol PageSecurity: Sendable {
  /// A new connection was accepted.
  /// - Returns: what puts its handlers in front of those of HTTP, on the connection's event loop.
  /// - Throws: where there is nothing to speak with: the connection is closed.
  func connecting() async throws -> @Sendable (any Channel) throws -> Void

  /// A request came, for whatever path; it is well-formed.
  func admit(_ request: PageRequest) async -> PageAdmission
}

/// Whether a request reaches its page.
public struct PageAdmission: Sendable, Equatable {
  /// What is answered instead; nil where the page answers.
  public let refusal: PageResponse?
  /// Header fields of the answer, whichever it is.
  public let fields: [String: String]

  /// Lets the request pass unless told.
  public init(refusal: PageResponse? = nil, fields: [String: String] = [:]) {
    self.refusal = refusal
    self.fields = fields
  }
}

extension Page {
  /// The same page, asked only where the request is admitted.
  func behind(_ security: any PageSecurity) -> Page {
    Page(path, title: title) { request in
      let admission = await security.admit(request)
      var response: PageResponse
      if let refusal = admission.refusal { response = refusal } else { response = await answer(request) }
      response.fields.merge(admission.fields) { $1 }
      return response
    }
  }
}
