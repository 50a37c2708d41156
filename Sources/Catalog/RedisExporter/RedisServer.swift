import MetricModel

extension RedisInstance {
  /// `# Server` of INFO: the process.
  package enum Server {
    package static let uptimeInSeconds = Family<Gauge, NoLabels>(
      "redis_uptime_in_seconds", "uptime_in_seconds metric", unit: .seconds, use: parity)
    package static let processId = Family<Gauge, NoLabels>(
      "redis_process_id", "process_id metric", use: parity)
    package static let ioThreadsActive = Family<Gauge, NoLabels>(
      "redis_io_threads_active", "io_threads_active metric", use: parity)
    package static let configuredHz = Family<Gauge, NoLabels>(
      "redis_configured_hz", "configured_hz metric", use: parity)
    package static let hz = Family<Gauge, NoLabels>(
      "redis_hz", "hz metric", use: parity)
    package static let serverThreadsTotal = Family<Gauge, NoLabels>(
      "redis_server_threads_total", "server_threads_total metric", use: parity)
    package static let startTimeSeconds = Family<Gauge, NoLabels>(
      "redis_start_time_seconds",
      "Start time of the Redis instance since unix epoch in seconds.", unit: .seconds, use: parity)
    package static let instanceInfo = Family<Gauge, InstanceLabels>(
      "redis_instance_info", "Information about the Redis instance", use: parity)

    package static let all: [FamilyDescriptor] = [
      uptimeInSeconds.descriptor, processId.descriptor, ioThreadsActive.descriptor, configuredHz.descriptor,
      hz.descriptor, serverThreadsTotal.descriptor, startTimeSeconds.descriptor, instanceInfo.descriptor,
    ]
  }
}

package struct InstanceLabels: LabelSet {
  package static let labelNames = [
    "role", "redis_version", "redis_build_id", "redis_mode", "os", "maxmemory_policy", "tcp_port", "run_id",
    "process_id",
  ]
  /// Aligned with the names.
  package let labelValues: [String]
  package init(_ labelValues: [String]) { self.labelValues = labelValues }
}
