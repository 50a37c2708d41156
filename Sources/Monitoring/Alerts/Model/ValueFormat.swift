import Foundation

/// How an alert's value is written, by Prometheus when the alert fires and by the rule tests beforehand.
package enum ValueFormat: Sendable {
  /// A ratio as a percentage of four significant digits: `7.5%`.
  case percentage
  /// A number with so many decimals.
  case decimals(Int)
  /// Seconds, four significant digits: `375ms`, `1.75s`. From a millisecond to a minute.
  case duration

  /// As an expression of Prometheus' template language.
  var template: String {
    switch self {
    case .percentage: "{{ $value | humanizePercentage }}"
    case .decimals(let count): "{{ $value | printf \"%.\(count)f\" }}"
    case .duration: "{{ $value | humanizeDuration }}"
    }
  }

  /// What that becomes (prometheus/template: `humanizePercentage` is `%.4g%%` of a hundred times the value,
  /// `humanizeDuration` `%.4g` of the value with a prefix where it is below 1).
  func text(of value: Double) -> String {
    switch self {
    case .percentage: String(format: "%.4g%%", value * 100)
    case .decimals(let count): String(format: "%.\(count)f", value)
    case .duration: value < 1 ? String(format: "%.4gms", value * 1000) : String(format: "%.4gs", value)
    }
  }
}
