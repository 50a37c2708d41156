/// Every alert, the most severe first.
package enum Alerts {
  package static let all: [Alert] = [
    serviceDown, highErrorRate, databaseDown, redisDown, highLatency, stockCritico, ocrTimeoutSpike, slowRequests,
    inflacionAnomaly, mlModelDrift,
  ]
}
