import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A server that does not answer its exporter, be it down or still starting. While the exporter itself is down or has
  /// no target, Prometheus marks its series stale at once, so that `absent` covers both: whoever cannot see the server
  /// does not know that it lives.
  /// - Parameter up: 1 where the server answers.
  static func unanswered(_ up: Family<Gauge, NoLabels>, from exporter: Job) -> InstantVector {
    (max(up(.job, .is(exporter)), by: .job) == 0).or(absent(up(.job, .is(exporter))))
  }
}
