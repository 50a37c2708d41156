/// Every alert, the most severe first.
package enum Alerts {
  package static let all: [Alert] = [
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
