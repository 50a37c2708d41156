/// A length of time as PromQL writes it: `5.m`, `1.h`.
package struct Period: Sendable, Hashable, Comparable {
  package let seconds: Int

  package init(seconds: Int) { self.seconds = seconds }

  package static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }
  package static func + (a: Self, b: Self) -> Self { Self(seconds: a.seconds + b.seconds) }
  package static func - (a: Self, b: Self) -> Self { Self(seconds: a.seconds - b.seconds) }

  /// As Prometheus prints it: weeks only where they leave no rest, then days, hours, minutes, seconds.
  package var text: String {
    if seconds == 0 { return "0s" }
    var rest = seconds
    var text = ""
    for (unit, length, onlyExact) in [("w", 604_800, true), ("d", 86400, false), ("h", 3600, false), ("m", 60, false)] {
      if rest < length || (onlyExact && rest % length != 0) { continue }
      text += "\(rest / length)\(unit)"
      rest %= length
    }
    return rest == 0 ? text : text + "\(rest)s"
  }
}

extension Int {
  package var s: Period { Period(seconds: self) }
  package var m: Period { Period(seconds: self * 60) }
  package var h: Period { Period(seconds: self * 3600) }
  package var d: Period { Period(seconds: self * 86400) }
}

/// How far a range vector looks back.
package enum Window: Sendable, Hashable {
  case last(Period)
  /// Grafana's own choice for the zoom of the panel; in panels only.
  case rateInterval
  /// All that the dashboard shows; in panels only.
  case dashboardRange

  package var text: String {
    switch self {
    case .last(let period): period.text
    case .rateInterval: "$__rate_interval"
    case .dashboardRange: "$__range"
    }
  }
}
