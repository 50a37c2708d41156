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
  /// Share of a file system that is left for services: below it somebody is called.
  package static let diskAvailableRatioCritical = 0.1
  /// Share of the machine's memory, or of a container's limit, that is in use: above it somebody looks.
  package static let memoryUsedRatio = 0.8
  /// Share of the machine's processors, or of a container's quota, that is in use: above it somebody looks.
  package static let processorUsedRatio = 0.7
  /// Share of Redis' lookups that find their key: the service level, and below it somebody looks.
  package static let cacheHitRatio = 0.7
  /// Lookups per second below which a hit rate says nothing: PostgreSQL does not notice so few.
  package static let minimumCacheLookupRate = 1.0
}
