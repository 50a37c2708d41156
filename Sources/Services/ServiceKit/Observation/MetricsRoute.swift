import Catalog
import Compression
import HTTPTypes
import Hummingbird
import Telemetry
import TelemetryHTTP

extension Route {
  /// The registry as a page, in the format and the coding that the scraper asks for: the same page as an exporter's.
  static func metrics(of registry: Registry) -> Route {
    let page = Page.metrics { _, format in
      let page = registry.page(format)
      return PageChunks { page.next() }
    }
    let answer = Operation.Answer(
      .ok, "Prometheus 0.0.4 o 1.0.0, OpenMetrics o protobuf, según Accept.", schema: "string",
      mediaTypes: ["text/plain"])
    return Route(.get, page.path, access: .open, Operation("Métricas del proceso", [answer])) { request, _ in
      let fields = request.headers.map { (name: $0.name.canonicalName, value: $0.value) }
      let response = try await page.respond(to: PageRequest(path: page.path, fields: fields))
      return try await Response(response, isHead: request.method == .head)
    }
  }
}

extension Response {
  fileprivate init(_ page: PageResponse, isHead: Bool) async throws {
    var headers: HTTPFields = [.contentType: page.contentType]
    headers[.vary] = page.varies
    headers[.contentEncoding] = page.coding.contentEncoding
    let body: ResponseBody
    switch page.body {
    case .bytes(let bytes): body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    case .chunks(let chunks) where isHead:
      // Hummingbird says 0 of a length that it is not told.
      var length = 0
      while let chunk = try await chunks.next() { length += chunk.count }
      headers[.contentLength] = String(length)
      body = ResponseBody()
    case .chunks(let chunks):
      body = ResponseBody { writer in
        while let chunk = try await chunks.next() { try await writer.write(ByteBuffer(bytes: chunk)) }
        try await writer.finish(nil)
      }
    }
    self.init(status: .init(code: page.status), headers: headers, body: body)
  }
}
