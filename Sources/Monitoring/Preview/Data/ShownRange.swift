import Alerts
import Grafana
import PromQL

/// The time that a dashboard shows, and what Grafana puts into expressions because of it.
package struct ShownRange: Sendable {
  /// Grafana takes about one point a pixel; more than these are not told apart at this width.
  static let pointsAtMost = 300

  /// Since the epoch; a multiple of the step, as Grafana aligns it.
  package let end: Int
  package let length: Period
  /// Between two points.
  package let step: Period

  package init(end: Int, length: Period, scrapeInterval: Period = AlertCase.interval) {
    self.length = length
    let scrape = max(1, scrapeInterval.seconds)
    let steps = max(1, (length.seconds / Self.pointsAtMost + scrape - 1) / scrape)
    step = Period(seconds: steps * scrape)
    self.end = end - end % step.seconds
    rateInterval = Period(seconds: max(step.seconds + scrape, 4 * scrape))
  }

  package var start: Int { end - length.seconds }

  /// `$__rate_interval`: never less than four scrapes, and always past the previous point
  /// (https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval).
  package let rateInterval: Period

  /// The expression as Prometheus takes it: every variable stands at “All”.
  package func expression(_ query: Query, of dashboard: Dashboard) throws(InvalidExpression) -> String {
    var text = try query.expression.rendered()
    // The longest name first: one may begin with another.
    let variables = dashboard.variables.map { ("$\($0.name)", ".*") }
    let intervals = [
      ("$__rate_interval", rateInterval.text), ("$__range", length.text), ("$__interval", step.text),
    ]
    for (name, value) in (variables + intervals).sorted(by: { ($0.0.count, $0.0) > ($1.0.count, $1.0) }) {
      text = text.replacing(name, with: value)
    }
    return text
  }
}
