/// What a page answers.
public struct PageResponse: Sendable, Equatable {
  public let status: Int
  public let contentType: String
  public let body: [UInt8]
  /// The request's fields that chose among several answers (`Vary`, RFC 9110 §12.5.5).
  public let varies: String?

  public init(status: Int = 200, contentType: String, body: [UInt8], varies: String? = nil) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.varies = varies
  }

  /// One line of text.
  public static func text(_ status: Int, _ line: String) -> PageResponse {
    PageResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array((line + "\n").utf8))
  }

  public static func html(_ page: String) -> PageResponse {
    PageResponse(contentType: "text/html; charset=utf-8", body: Array(page.utf8))
  }
}
