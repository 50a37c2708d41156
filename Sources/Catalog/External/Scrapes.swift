import MetricModel

/// What Prometheus notes of each scrape and of its own size: where one looks when a panel is empty, slow or stale.
/// Source: https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series
extension Prometheus {
  package enum Scrapes {
    package static let samplesScraped = Family<Gauge, NoLabels>(
      "scrape_samples_scraped", "The number of samples the target exposed.")
    package static let scrapeDuration = Family<Gauge, NoLabels>(
      "scrape_duration_seconds", "Duration of the scrape.", unit: .seconds)
    package static let headSeries = Family<Gauge, NoLabels>(
      "prometheus_tsdb_head_series", "Total number of series in the head block.")
    package static let lastEvaluation = Family<Gauge, RuleGroupLabel>(
      "prometheus_rule_group_last_evaluation_timestamp_seconds",
      "The timestamp of the last rule group evaluation in seconds.", unit: .seconds)

    package static let all = [
      samplesScraped.descriptor, scrapeDuration.descriptor, headSeries.descriptor, lastEvaluation.descriptor,
    ]
  }
}
