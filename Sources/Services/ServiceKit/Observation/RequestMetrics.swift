import Catalog
import HTTPTypes
import MetricModel
import Telemetry

/// The instruments of HTTP, and the labels of a service's routes.
struct RequestMetrics: Sendable {
  private let requests: CounterInstrument<HTTPLabels>
  private let errors: CounterInstrument<HTTPLabels>
  private let duration: HistogramInstrument<Endpoint>
  let inFlight: UpDownInstrument<NoLabels>
  /// By method and route template.
  private let endpoints: [String: [String: Endpoint]]

  /// Every route's 500s and 503s are exposed as 0 from the start, so that the first one is a rise.
  init(_ registry: Registry, routes: [Route]) {
    requests = registry.counter(HTTP.requests)
    errors = registry.counter(HTTP.errors)
    duration = registry.histogram(HTTP.duration)
    inFlight = registry.upDown(HTTP.inFlight)
    var endpoints: [String: [String: Endpoint]] = [:]
    for route in routes {
      let endpoint = Endpoint(method: route.method.rawValue, route: route.path)
      endpoints[route.method.rawValue, default: [:]][route.path] = endpoint
      for status in [HTTPStatus.internalServerError, .serviceUnavailable] {
        requests.expose(HTTPLabels(endpoint: endpoint, status: status))
        errors.expose(HTTPLabels(endpoint: endpoint, status: status))
      }
    }
    self.endpoints = endpoints
  }

  /// HEAD counts as its GET. A method that a path does not have counts as not found: clients choose methods.
  func endpoint(method: String, route: String?) -> Endpoint {
    route.flatMap { endpoints[method == "HEAD" ? "GET" : method]?[$0] } ?? .notFound
  }

  func record(_ endpoint: Endpoint, status code: Int, seconds: Double, trace: TraceContext) {
    let labels = HTTPLabels(endpoint: endpoint, status: HTTPStatus(code: code))
    requests.add(1, labels)
    if code >= 500 { errors.add(1, labels) }
    duration.observe(seconds, endpoint, exemplar: trace)
  }
}
