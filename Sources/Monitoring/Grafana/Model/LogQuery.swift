import Catalog
import PromQL

/// What a panel or a link asks Loki: streams by their labels (https://grafana.com/docs/loki/latest/query/log_queries/).
/// Not by `instance`: in Loki that is who wrote, in Prometheus where it is scraped, and the two have other names.
package struct LogQuery: Sendable {
  package let matchers: [LabelMatcher]

  package init(of jobs: Matcher<JobLabel>, levels: [LevelLabel] = []) {
    matchers = [jobs.matcher] + (levels.isEmpty ? [] : [Matcher.isOneOf(levels).matcher])
  }

  /// LogQL.
  package var text: String { "{\(matchers.map(\.text).joined(separator: ", "))}" }
}
