import Catalog
import Hummingbird
import Telemetry

extension Route {
  /// The registry as a page, in the format that the scraper asks for.
  static func metrics(of registry: Registry) -> Route {
    let page = Operation.Answer(
      .ok, "Prometheus 0.0.4 u OpenMetrics 1.0, según Accept.", schema: "string", mediaType: "text/plain")
    return Route(.get, "/metrics", access: .open, Operation("Métricas del proceso", [page])) { request, _ in
      let format = ExpositionFormat.negotiate(accept: request.headers[.accept])
      return Response(
        status: .ok, headers: [.contentType: format.contentType],
        body: .init(byteBuffer: ByteBuffer(bytes: registry.expose(format))))
    }
  }
}
