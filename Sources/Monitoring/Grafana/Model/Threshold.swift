/// From this value on, this colour.
package struct Threshold: Sendable {
  /// In the panel's unit.
  package let from: Double
  package let color: Color
  /// The number that an alert compares with, where it is one.
  package let objective: Double?
  package let alert: AlertReference?

  package init(from: Double, _ color: Color) {
    self.from = from
    self.color = color
    objective = nil
    alert = nil
  }

  /// The number of an alert: `observability lint` holds it against the alert's expression.
  /// - Parameter factor: from the alert's unit to the panel's.
  package init(_ alert: AlertReference, at objective: Double, times factor: Double = 1, _ color: Color) {
    from = factor * objective
    self.color = color
    self.objective = objective
    self.alert = alert
  }
}

/// Grafana's named colours.
package enum Color: String, Sendable { case green, yellow, orange, red, blue, purple, text }

/// A value as a word.
package struct ValueMapping: Sendable {
  package let value: Int
  package let text: String
  package let color: Color
  package init(_ value: Int, as text: String, _ color: Color) {
    self.value = value
    self.text = text
    self.color = color
  }
}

/// An alert's name, as links and thresholds name it; `observability lint` holds it against the alerts.
package enum AlertReference: String, Sendable, CaseIterable {
  case serviceDown = "ServiceDown"
  case highErrorRate = "HighErrorRate"
  case databaseDown = "DatabaseDown"
  case diskSpaceCritical = "DiskSpaceCritical"
  case redisDown = "RedisDown"
  case highLatency = "HighLatency"
  case memoryPressure = "MemoryPressure"
  case cpuHigh = "CPUHigh"
  case stockCritico = "StockCritico"
  case ocrTimeoutSpike = "OCRTimeoutSpike"
  case cacheHitRateLow = "CacheHitRateLow"
  case slowRequests = "SlowRequests"
  case inflacionAnomaly = "InflacionAnomaly"
  case mlModelDrift = "MLModelDrift"
  case logVolumeSpike = "LogVolumeSpike"
  case deploymentIssue = "DeploymentIssue"
}
