import PromQL
import Recording

/// What the platform promises, as the numbers that rules and panels share.
package enum Objectives {
  /// Requests per second below which a ratio of requests says nothing: one that fails at night is no page.
  package static let minimumRequestRate = 0.2
  /// Share of requests answered with 5xx, per job: above it somebody is called.
  package static let errorRatioCritical = 0.05
  /// Share of requests answered with 5xx that the service level allows.
  package static let errorRatioObjective = ServiceLevels.errors.budget
  /// The 95th percentile of a job's latency that the service level allows.
  package static let p95LatencySeconds = ServiceLevels.latencyLimitSeconds
  /// The median of a job's latency above which it counts as slow.
  package static let p50LatencySeconds = 0.2
  /// How many times its usual volume of log a job may write: +200 %.
  package static let logVolumeFactor = 3.0
  /// Log messages per second below which a job's volume is no trouble, whatever it usually is.
  package static let minimumLogRate = 1.0
  /// How often something may start again in ten minutes.
  package static let maximumRestarts = 3.0
  /// Share of a file system that is left for services: below it somebody is called.
  package static let diskAvailableRatioCritical = 0.1
  /// Share of the machine's memory, or of a container's limit, that is in use: above it somebody looks.
  package static let memoryUsedRatio = 0.8
  /// Share of the machine's processors, or of a container's quota, that is in use: above it somebody looks.
  package static let processorUsedRatio = 0.7
  /// Share of Redis' lookups that find their key: the service level, and below it somebody looks.
  package static let cacheHitRatio = ServiceTargets.cacheHitRatio
  /// How many products may be at or below their minimum before somebody looks.
  package static let criticalProducts = 50.0
  /// How many invoices may be given up in an hour.
  package static let ocrTimeoutsPerHour = ServiceTargets.ocrTimeoutsPerHour
  /// How far calculated and configured inflation may lie apart, in points of a percent.
  package static let inflationDifferencePoints = 5.0
  /// The drift score from which a model is no longer what it was trained to be.
  package static let driftScore = 0.15
  /// Of a hundred: how well prices must be foretold.
  package static let priceAccuracyPercent = ServiceTargets.priceAccuracyPercent
  /// Share of the time in which each service answers.
  package static let uptimeRatio = ServiceLevels.uptime.objective
  /// Lookups per second below which a hit rate says nothing: PostgreSQL does not notice so few.
  package static let minimumCacheLookupRate = ServiceTargets.minimumCacheLookupRate
  /// How long the rates that symptoms are judged by remember a fault that is over.
  package static let faultMemory = 5.m
}
