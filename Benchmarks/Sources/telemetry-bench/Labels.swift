import MetricModel

/// Labels whose values are known when the program is written.
enum Verb: String, ClosedLabel {
  case get, post, put, delete
  static let labelName = "method"
  @inlinable static var count: Int { 4 }
}

enum Outcome: String, ClosedLabel {
  case ok, created, badRequest, unauthorized, notFound, conflict, failed, unavailable
  static let labelName = "status"
  @inlinable static var count: Int { 8 }
}

typealias ClosedPair = Pair<Verb, Outcome>

/// Labels whose values are strings.
struct MethodText: OpenLabel {
  static let labelName = "method"
  let labelValue: String
  init(_ labelValue: String) { self.labelValue = labelValue }
}

struct RouteText: OpenLabel {
  static let labelName = "route"
  let labelValue: String
  init(_ labelValue: String) { self.labelValue = labelValue }
}

typealias OpenPair = Pair<MethodText, RouteText>

enum LabelValues {
  /// Powers of two, so that a loop goes round them with a mask.
  static let closed: [ClosedPair] = Verb.allCases.flatMap { verb in
    [Outcome.ok, .created, .notFound, .failed].map { ClosedPair(verb, $0) }
  }

  static let methods = ["GET", "POST", "PUT", "DELETE"]
  /// Up to 15 bytes are stored in a `String` itself; the second list's are not.
  static let shortRoutes = ["/productos", "/movimientos", "/facturas", "/health"]
  static let longRoutes = [
    "/api/v1/productos/{id}", "/api/v1/movimientos/{id}", "/api/v1/facturas/{id}/items", "/api/v1/estado/completo",
  ]

  static func open(_ routes: [String]) -> [OpenPair] {
    methods.flatMap { method in routes.map { OpenPair(MethodText(method), RouteText($0)) } }
  }
}
