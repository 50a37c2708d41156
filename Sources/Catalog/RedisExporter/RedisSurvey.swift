import MetricModel

extension RedisInstance {
  /// How the scans for keys go, which run in the background; the standard exporter scans while Prometheus waits.
  package enum Survey {
    package static let ageSeconds = Family<Gauge, NoLabels>(
      "redis_exporter_key_scan_age_seconds", "Age of what this page says about scanned keys.", unit: .seconds,
      use: slow)
    package static let durationSeconds = Family<Gauge, NoLabels>(
      "redis_exporter_key_scan_duration_seconds", "Time that the last scan for keys took.", unit: .seconds, use: slow)
    package static let isComplete = Family<Gauge, NoLabels>(
      "redis_exporter_key_scan_complete", "1 if the last scan for keys ended within its limits of count and time.",
      use: slow)

    package static let all: [FamilyDescriptor] = [
      ageSeconds.descriptor, durationSeconds.descriptor, isComplete.descriptor,
    ]

    private static let slow = FamilyUse.notNeeded("read by hand when figures about keys look old")
  }
}
