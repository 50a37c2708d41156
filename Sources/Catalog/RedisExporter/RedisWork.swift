import MetricModel

extension RedisInstance {
  /// The exporter's own work, as far as the standard exporter has families that ours of `ExporterSelf` lack.
  package enum Work {
    package static let connectSeconds = Family<Gauge, NoLabels>(
      "redis_exporter_last_scrape_connect_time_seconds", "exporter_last_scrape_connect_time_seconds metric",
      unit: .seconds, use: parity)
    package static let pingSeconds = Family<Gauge, NoLabels>(
      "redis_exporter_last_scrape_ping_time_seconds", "exporter_last_scrape_ping_time_seconds metric",
      unit: .seconds, use: parity)
    package static let scrapeSeconds = Family<Summary, NoLabels>(
      "redis_exporter_scrape_duration_seconds", "Durations of scrapes by the exporter", unit: .seconds, use: parity)
    package static let requestErrors = Family<Counter, NoLabels>(
      "redis_target_scrape_request_errors_total", "Errors in requests to the exporter", use: parity)

    package static let all: [FamilyDescriptor] = [
      connectSeconds.descriptor, pingSeconds.descriptor, scrapeSeconds.descriptor, requestErrors.descriptor,
    ]
  }
}
