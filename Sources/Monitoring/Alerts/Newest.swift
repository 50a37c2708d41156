import MetricModel
import PromQL

extension Alerts {
  /// The newest value of every replica, also of one that just restarts: for as long as ServiceDown waits, what it said
  /// last still counts, so that a deployment neither ends an alert nor starts its duration again. After that the series
  /// is gone, and ServiceDown speaks.
  static func newest<K: ScalarKind, L>(_ family: Family<K, L>) -> InstantVector { lastOverTime(family[2.m]) }
}
