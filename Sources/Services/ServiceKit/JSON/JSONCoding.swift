import Hummingbird
import JSON
import Logging

/// JSON to bodies and back, one way for every route.
package enum JSONCoding {
  /// Values of ours always encode; one that does not is our mistake and gives an empty object.
  package static func encode(_ value: some Encodable) -> ByteBuffer { ByteBuffer(bytes: bytes(of: value)) }

  /// The same as a text, for a column.
  package static func text(of value: some Encodable) -> String { String(decoding: bytes(of: value), as: UTF8.self) }

  private static func bytes(of value: some Encodable) -> [UInt8] {
    do {
      return try JSONWriter.bytes(of: value)
    } catch {
      Logger(label: "json").error("a response could not be encoded", metadata: ["error": "\(error)"])
      return Array("{}".utf8)
    }
  }

  /// Reads a request's body as a JSON object.
  /// - Throws: 415, 413 or 400 as a `Problem`.
  package static func object(of request: Request, maximumBytes: Int) async throws -> FieldReader {
    try object(in: try await body(of: request, maximumBytes: maximumBytes))
  }

  /// The body of a request that says that it is JSON.
  /// - Throws: 415 or 413 as a `Problem`.
  package static func body(of request: Request, maximumBytes: Int) async throws -> ByteBuffer {
    guard let type = request.headers[.contentType], isJSON(type) else { throw Problem.unsupportedMediaType }
    return try await collect(request, maximumBytes: maximumBytes)
  }

  /// - Throws: 400 as a `Problem`.
  package static func object(in body: ByteBuffer) throws(Problem) -> FieldReader {
    guard case .object(let fields)? = try? JSONValue(body.readableBytesView) else { throw .malformedJSON }
    return FieldReader(fields)
  }

  private static func isJSON(_ type: String) -> Bool {
    type.split(separator: ";").first.map { $0.lowercased().filter { $0 != " " } } == "application/json"
  }

  private static func collect(_ request: Request, maximumBytes: Int) async throws -> ByteBuffer {
    do {
      return try await request.body.collect(upTo: maximumBytes)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      throw Problem.tooLarge(limitBytes: maximumBytes)
    }
  }
}

extension Response {
  package static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    json(JSONCoding.encode(value), status: status, headers: headers)
  }

  /// JSON that was written before.
  package static func json(text: String) -> Response { json(ByteBuffer(string: text)) }

  private static func json(
    _ body: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = "application/json; charset=utf-8"
    return Response(status: status, headers: headers, body: .init(byteBuffer: body))
  }
}
