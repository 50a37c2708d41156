import MetricModel

extension RedisInstance {
  /// `SLOWLOG`.
  package enum Slowlog {
    package static let length = Family<Gauge, NoLabels>(
      "redis_slowlog_length", "Total slowlog", use: parity)
    package static let lastID = Family<Gauge, NoLabels>(
      "redis_slowlog_last_id", "Last id of slowlog", use: parity)
    package static let lastDurationSeconds = Family<Gauge, NoLabels>(
      "redis_last_slow_execution_duration_seconds",
      "The amount of time needed for last slow execution, in seconds", unit: .seconds, use: parity)

    package static let all: [FamilyDescriptor] = [
      length.descriptor, lastID.descriptor, lastDurationSeconds.descriptor,
    ]
  }
}
