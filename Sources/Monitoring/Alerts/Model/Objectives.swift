/// What the platform promises, as the numbers that rules and panels share.
package enum Objectives {
  /// Share of requests answered with 5xx, per job: above it somebody is called.
  package static let errorRatioCritical = 0.05
  /// Share of requests answered with 5xx that the service level allows.
  package static let errorRatioObjective = 0.005
  /// The 95th percentile of a job's latency that the service level allows.
  package static let p95LatencySeconds = 0.3
}
