/// What the platform promises, as the numbers that rules and panels share.
package enum Objectives {
  /// Requests per second below which a ratio of requests says nothing: one that fails at night is no page.
  package static let minimumRequestRate = 0.2
  /// Share of requests answered with 5xx, per job: above it somebody is called.
  package static let errorRatioCritical = 0.05
  /// Share of requests answered with 5xx that the service level allows.
  package static let errorRatioObjective = 0.005
  /// The 95th percentile of a job's latency that the service level allows.
  package static let p95LatencySeconds = 0.3
  /// The median of a job's latency above which it counts as slow.
  package static let p50LatencySeconds = 0.2
  /// How many times its usual volume of log a job may write: +200 %.
  package static let logVolumeFactor = 3.0
  /// Log messages per second below which a job's volume is no trouble, whatever it usually is.
  package static let minimumLogRate = 1.0
  /// How often something may start again in ten minutes.
  package static let maximumRestarts = 3.0
}
