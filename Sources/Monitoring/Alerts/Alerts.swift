/// Every alert, the most severe first.
package enum Alerts {
  package static let all: [Alert] = [
    serviceDown, highErrorRate, databaseDown, redisDown, stockCritico, ocrTimeoutSpike, inflacionAnomaly, mlModelDrift,
  ]
  package static let all: [Alert] = [serviceDown, highErrorRate, databaseDown, redisDown, highLatency, slowRequests]
}
