/// Every alert.
package enum Alerts {
  package static let all: [Alert] = platform + serviceLevels + observability

  /// The sixteen of the platform, the most severe first.
  package static let platform: [Alert] = [
    serviceDown,
    highErrorRate,
    databaseDown,
    diskSpaceCritical,
    redisDown,
    highLatency,
    memoryPressure,
    cpuHigh,
    stockCritico,
    ocrTimeoutSpike,
    cacheHitRateLow,
    slowRequests,
    inflacionAnomaly,
    mlModelDrift,
    logVolumeSpike,
    deploymentIssue,
  ]
}
