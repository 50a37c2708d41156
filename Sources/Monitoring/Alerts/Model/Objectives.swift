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
  /// Products at or below their minimum stock: above it somebody orders.
  package static let criticalProducts = 50.0
  /// Invoices in an hour that took longer than their limit.
  package static let ocrTimeoutsPerHour = 10.0
  /// Points between the inflation that our own prices show and the one that is configured.
  package static let inflationGapPoints = 5.0
  /// Population stability index of a model's input, above which it no longer fits what it is asked.
  package static let modelDriftScore = 0.15
}
