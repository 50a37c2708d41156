import Foundation

/// How an alert's value is written, by Prometheus when the alert fires and by the rule tests beforehand.
package enum ValueFormat: Sendable {
  /// A ratio as a percentage of four significant digits: `7.5%`.
  case percentage
  /// A number with so many decimals.
  case decimals(Int)

  /// As an expression of Prometheus' template language.
  var template: String {
    switch self {
    case .percentage: "{{ $value | humanizePercentage }}"
    case .decimals(let count): "{{ $value | printf \"%.\(count)f\" }}"
    }
  }

  /// What that becomes (prometheus/template `humanizePercentage`: `%.4g%%` of a hundred times the value).
  func text(of value: Double) -> String {
    switch self {
    case .percentage: String(format: "%.4g%%", value * 100)
    case .decimals(let count): String(format: "%.\(count)f", value)
    }
  }
}
