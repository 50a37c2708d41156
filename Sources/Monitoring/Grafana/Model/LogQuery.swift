import Catalog
import MetricModel
import PromQL

/// What a panel or a link asks Loki: streams by their three labels, and what their lines contain
/// (https://grafana.com/docs/loki/latest/query/log_queries/).
package struct LogQuery: Sendable {
  package private(set) var matchers: [LabelMatcher]
  /// Only lines with this text.
  package let containing: String?

  /// - Parameter containing: without a backquote, which delimits it.
  package init(
    of jobs: Matcher<JobLabel>, from instances: Matcher<InstanceLabel>? = nil, levels: [LevelLabel] = [],
    containing: String? = nil
  ) {
    matchers = [jobs.matcher]
    if let instances { matchers.append(instances.matcher) }
    if !levels.isEmpty { matchers.append(Matcher.isOneOf(levels).matcher) }
    self.containing = containing
  }

  /// LogQL.
  package var text: String {
    "{\(matchers.map(\.text).joined(separator: ", "))}" + (containing.map { " |= `\($0)`" } ?? "")
  }
}
