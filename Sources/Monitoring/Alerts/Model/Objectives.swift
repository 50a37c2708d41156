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
}
