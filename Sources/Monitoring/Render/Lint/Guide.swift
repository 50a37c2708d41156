import Alerts
import PromQL

/// What the operators' guide promises of the sixteen alerts: its numbers, held against the declarations.
/// Source: "Alertas Configuradas" of the deployment guide; it announces fifteen and lists sixteen.
package enum Guide {
  package struct Promise: Sendable {
    package let name: String
    package let severity: Severity
    package let duration: Period
    package let limit: Limit
  }

  /// The number that the guide names, and on which side of it the alert holds.
  package enum Limit: Sendable {
    case above(Double)
    /// A percentage; an expression may have the ratio.
    case abovePercent(Double)
    case belowPercent(Double)
    case equal(Double)
  }

  package static let alerts = [
    Promise(name: "ServiceDown", severity: .critical, duration: 2.m, limit: .equal(0)),
    Promise(name: "HighErrorRate", severity: .critical, duration: 5.m, limit: .abovePercent(5)),
    Promise(name: "DatabaseDown", severity: .critical, duration: 1.m, limit: .equal(0)),
    Promise(name: "DiskSpaceCritical", severity: .critical, duration: 5.m, limit: .belowPercent(10)),
    Promise(name: "RedisDown", severity: .critical, duration: 2.m, limit: .equal(0)),
    Promise(name: "HighLatency", severity: .high, duration: 10.m, limit: .above(0.3)),
    Promise(name: "MemoryPressure", severity: .high, duration: 10.m, limit: .abovePercent(80)),
    Promise(name: "CPUHigh", severity: .high, duration: 15.m, limit: .abovePercent(70)),
    Promise(name: "StockCritico", severity: .high, duration: 15.m, limit: .above(50)),
    Promise(name: "OCRTimeoutSpike", severity: .high, duration: 10.m, limit: .above(10)),
    Promise(name: "CacheHitRateLow", severity: .high, duration: 15.m, limit: .belowPercent(70)),
    Promise(name: "SlowRequests", severity: .medium, duration: 20.m, limit: .above(0.2)),
    Promise(name: "InflacionAnomaly", severity: .medium, duration: 30.m, limit: .above(5)),
    Promise(name: "MLModelDrift", severity: .medium, duration: 60.m, limit: .above(0.15)),
    Promise(name: "LogVolumeSpike", severity: .medium, duration: 15.m, limit: .above(3)),
    Promise(name: "DeploymentIssue", severity: .medium, duration: 0.s, limit: .above(3)),
  ]

  /// One sentence a difference, naming the declaration.
  package static func problems(of alerts: [Alert]) -> [String] {
    Self.alerts.flatMap { promise in
      let declared = alerts.filter { $0.name == promise.name }
      return declared.isEmpty
        ? ["\(promise.name): the guide promises it, and nobody declares it"]
        : declared.flatMap { problems(of: $0, against: promise) }
    }
  }

  private static func problems(of alert: Alert, against promise: Promise) -> [String] {
    var found: [String] = []
    if alert.severity != promise.severity {
      found.append("its severity is \(alert.severity.rawValue), and the guide's is \(promise.severity.rawValue)")
    }
    if alert.holdsFor.seconds != promise.duration.seconds {
      found.append("it waits \(alert.duration), and the guide says \(promise.duration.text)")
    }
    if !alert.expression.node.subtree.contains(where: { $0.compares(as: promise.limit) }) {
      found.append("no comparison has the guide's number: \(promise.limit.text)")
    }
    return found.map { "\(alert.file): \(alert.name): \($0)" }
  }
}

extension Guide.Limit {
  fileprivate var text: String {
    switch self {
    case .above(let number): "> \(number)"
    case .abovePercent(let number): "> \(number) %"
    case .belowPercent(let number): "< \(number) %"
    case .equal(let number): "== \(number)"
    }
  }

  fileprivate var operation: Operator {
    switch self {
    case .above, .abovePercent: .greater
    case .belowPercent: .less
    case .equal: .equal
    }
  }

  fileprivate var numbers: [Double] {
    switch self {
    case .above(let number), .equal(let number): [number]
    case .abovePercent(let number), .belowPercent(let number): [number, number / 100]
    }
  }
}

extension Node {
  /// Whether it compares something with the number, or with so many times something.
  fileprivate func compares(as limit: Guide.Limit) -> Bool {
    guard case .binary(limit.operation, _, let right, _) = self else { return false }
    let found: [Double] =
      switch right {
      case .number(let number): [number]
      case .binary(.multiply, .number(let number), _, _), .binary(.multiply, _, .number(let number), _): [number]
      default: []
      }
    return found.contains { number in limit.numbers.contains { Swift.abs($0 - number) < 1e-9 } }
  }
}
