import MetricModel

/// What every HTTP service says about its requests.
package enum HTTP {
  package static let requests = Family<Counter, HTTPLabels>("http_requests_total", "Requests answered.")
  package static let errors = Family<Counter, HTTPLabels>(
    "http_errors_total", "Requests answered with a status of 500 or more.")
  package static let duration = Family<Histogram, Endpoint>(
    "http_request_duration_seconds", "Time from a request's head until its response is ready to be sent.",
    unit: .seconds,
    bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10], native: NativeBuckets())
  package static let inFlight = Family<UpDown, NoLabels>(
    "http_requests_in_flight", "Requests being answered.")

  package static let all = [requests.descriptor, errors.descriptor, duration.descriptor, inFlight.descriptor]
}

/// `method`, `route`, `status`: the route is the template that matched, so the three are closed once routes exist.
package struct HTTPLabels: CompositeLabels {
  package let endpoint: Endpoint
  package let status: HTTPStatus
  package var method: MethodLabel { MethodLabel(endpoint.labelValues[0]) }
  package var route: RouteLabel { RouteLabel(endpoint.labelValues[1]) }
  @inlinable package var shape: Pair<Endpoint, HTTPStatus> { Pair(endpoint, status) }
  package init(endpoint: Endpoint, status: HTTPStatus) {
    self.endpoint = endpoint
    self.status = status
  }
}

package struct MethodLabel: Label {
  package static let labelName = "method"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

package struct RouteLabel: Label {
  package static let labelName = "route"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

/// A method and a route template as one label set: the pairs that exist, not their product. A process declares
/// its endpoints while it starts; past the table's limit the rest count as `notFound`.
package struct Endpoint: ClosedLabelSet, Hashable {
  package static let labelNames = [MethodLabel.labelName, RouteLabel.labelName]
  @inlinable package static var count: Int { 128 }
  package let slot: Int

  /// A request that no route matched: its path never becomes a label.
  package static let notFound = Endpoint(slot: 0)

  private static let table = InternTable(maximumCount: count, overflow: ["", "NotFound"])

  private init(slot: Int) { self.slot = slot }
  package init(method: String, route: String) { slot = Self.table.slot(of: [method, route]) }

  package var method: MethodLabel { MethodLabel(labelValues[0]) }
  package var route: RouteLabel { RouteLabel(labelValues[1]) }
  package var labelValues: [String] { Self.labelValues(at: slot) ?? ["", ""] }
  package static func labelValues(at slot: Int) -> [String]? { table.values(at: slot) }
}

/// The statuses that our services answer with; any other is `other`.
package enum HTTPStatus: ClosedLabel {
  case ok, created, accepted, noContent, notModified
  case badRequest, unauthorized, forbidden, notFound, methodNotAllowed, notAcceptable, conflict
  case preconditionFailed, contentTooLarge, unsupportedMediaType, unprocessableContent, tooManyRequests
  case internalServerError, badGateway, serviceUnavailable, gatewayTimeout, other

  package static let labelName = "status"
  @inlinable package static var count: Int { 22 }

  /// 0 for `other`.
  package var code: Int {
    switch self {
    case .ok: 200
    case .created: 201
    case .accepted: 202
    case .noContent: 204
    case .notModified: 304
    case .badRequest: 400
    case .unauthorized: 401
    case .forbidden: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .notAcceptable: 406
    case .conflict: 409
    case .preconditionFailed: 412
    case .contentTooLarge: 413
    case .unsupportedMediaType: 415
    case .unprocessableContent: 422
    case .tooManyRequests: 429
    case .internalServerError: 500
    case .badGateway: 502
    case .serviceUnavailable: 503
    case .gatewayTimeout: 504
    case .other: 0
    }
  }

  /// The reason phrase of RFC 9110 §15, from the case's name: `Unprocessable Content`.
  package var phrase: String {
    String(describing: self).reduce(into: "") { phrase, letter in
      phrase += phrase.isEmpty ? letter.uppercased() : letter.isUppercase ? " \(letter)" : "\(letter)"
    }
  }

  package init(code: Int) { self = Self.byCode[code] ?? .other }

  private static let byCode = Dictionary(uniqueKeysWithValues: allCases.map { ($0.code, $0) })

  package var labelValue: String { self == .other ? "other" : String(code) }
}
