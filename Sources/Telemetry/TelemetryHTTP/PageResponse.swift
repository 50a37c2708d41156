import Compression

/// What a page answers.
public struct PageResponse: Sendable, Equatable {
  /// What follows the head.
  public enum Body: Sendable, Equatable {
    /// All of it, with its length.
    case bytes([UInt8])
    /// Piece by piece, for what is too long to be held whole.
    case chunks(PageChunks)
  }

  /// As RFC 9110 §15 numbers it.
  public let status: Int
  /// The field `Content-Type`.
  public let contentType: String
  /// As it is sent: coded where `Page.respond(to:)` chose a coding, empty for HEAD.
  public private(set) var body: Body
  /// The request's fields that chose among several answers (`Vary`, RFC 9110 §12.5.5).
  public private(set) var varies: String?
  /// Further header fields, by their names.
  public var fields: [String: String]
  /// What the body is coded in; `identity` until `Page.respond(to:)` chooses.
  public private(set) var coding = ContentCoding.identity
  /// Of the body as it is sent; nil where only its end will show.
  public private(set) var contentLengthBytes: Int?

  /// Nothing is checked. `varies` names the request's fields that chose this answer.
  public init(
    status: Int = 200, contentType: String, body: Body, varies: String? = nil, fields: [String: String] = [:]
  ) {
    self.status = status
    self.fields = fields
    self.contentType = contentType
    self.body = body
    self.varies = varies
    if case .bytes(let bytes) = body { contentLengthBytes = bytes.count }
  }

  /// The same with all of the body.
  public init(status: Int = 200, contentType: String, body: [UInt8], varies: String? = nil) {
    self.init(status: status, contentType: contentType, body: .bytes(body), varies: varies)
  }

  /// One line of text.
  public static func text(_ status: Int, _ line: String, fields: [String: String] = [:]) -> PageResponse {
    PageResponse(
      status: status, contentType: "text/plain; charset=utf-8", body: .bytes(Array((line + "\n").utf8)), fields: fields)
  }

  /// Status 200 and UTF-8; the page is sent as it is, so escape what strangers wrote.
  public static func html(_ page: String) -> PageResponse {
    PageResponse(contentType: "text/html; charset=utf-8", body: Array(page.utf8))
  }

  /// The answer as this client gets it: coded where it takes that, whole where it is one chunk, without a body for
  /// HEAD, whose chunks are not even made.
  func prepared(for request: PageRequest) async throws(CompressionError) -> PageResponse {
    var (prepared, read) = (self, [[UInt8]]())
    if case .chunks(let chunks) = body, !request.isHead {
      read = try await Self.beginning(of: chunks)
      if read.count < 2 { prepared.setWhole(read.first ?? []) }
    }
    prepared.choose(AcceptEncoding(request.header("Accept-Encoding")))
    if request.isHead {
      prepared.body = .bytes([])
      if prepared.coding != .identity { prepared.contentLengthBytes = nil }
    } else {
      try prepared.encode(read)
    }
    return prepared
  }

  /// One chunk, and one more that tells whether the body goes on; fewer where it ends before.
  private static func beginning(of chunks: PageChunks) async throws(CompressionError) -> [[UInt8]] {
    var read: [[UInt8]] = []
    while read.count < 2, let chunk = try await chunks.next() {
      if !chunk.isEmpty { read.append(chunk) }
    }
    return read
  }

  private mutating func choose(_ accepted: AcceptEncoding) {
    coding = accepted.coding(bodyBytes: contentLengthBytes)
    // Smaller bodies are the same for all but those who refuse them as they are.
    let isChosen = coding != .identity || (contentLengthBytes ?? .max) >= AcceptEncoding.minimumBodyBytes
    if isChosen { varies = varies.map { $0 + ", Accept-Encoding" } ?? "Accept-Encoding" }
  }

  private mutating func encode(_ read: [[UInt8]]) throws(CompressionError) {
    switch body {
    case .bytes where coding == .identity: break
    case .bytes(let bytes):
      var encoder = try BodyEncoder(coding)
      setWhole(try encoder.encode(bytes) + encoder.finish())
    case .chunks(let chunks):
      let encoded = try EncodedChunks(read, chunks, coding)
      body = .chunks(PageChunks(coded: { () async throws(CompressionError) in try await encoded.next() }))
    }
  }

  private mutating func setWhole(_ bytes: [UInt8]) {
    body = .bytes(bytes)
    contentLengthBytes = bytes.count
  }
}
