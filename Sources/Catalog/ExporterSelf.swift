import MetricModel

/// What every exporter of ours says about its own work; the names are those of the standard exporters where they have
/// the family.
package struct ExporterSelf: Sendable {
  package let collectorDuration: Family<Gauge, CollectorLabel>
  package let collectorSuccess: Family<Gauge, CollectorLabel>
  package let collectorSeries: Family<Gauge, CollectorLabel>
  package let collectorTimeouts: Family<Counter, CollectorLabel>
  package let scrapes: Family<Counter, NoLabels>
  package let joinedScrapes: Family<Counter, NoLabels>
  package let lastScrapeDuration: Family<Gauge, NoLabels>
  package let lastScrapeError: Family<Gauge, NoLabels>
  /// The same with the label that redis_exporter has; exported instead where it is there.
  package let lastScrapeErrorByKind: Family<Gauge, ScrapeErrorLabel>?
  package let targetQueries: Family<Counter, NoLabels>
  package let targetReadBytes: Family<Counter, NoLabels>

  /// - Parameter namespace: what the exporter's names begin with, for example `pg`.
  package init(namespace: String) { self.init(namespace: namespace, labelsErrors: false) }

  /// Of a Redis server.
  package init(redis namespace: String) { self.init(namespace: namespace, labelsErrors: true) }

  private init(namespace: String, labelsErrors: Bool) {
    let slow = FamilyUse.notNeeded("read by hand when a scrape is slow")
    let empty = FamilyUse.notNeeded("read by hand when a panel is empty")
    collectorDuration = Family(
      "\(namespace)_scrape_collector_duration_seconds", "Time that a collector took in this scrape.", unit: .seconds,
      use: slow)
    collectorSuccess = Family(
      "\(namespace)_scrape_collector_success", "1 if the collector finished within its limit and without an error.")
    collectorSeries = Family(
      "\(namespace)_scrape_collector_series", "Series that a collector added to this page.", use: empty)
    collectorTimeouts = Family(
      "\(namespace)_scrape_collector_timeouts_total", "Times that a collector reached its time limit.", use: slow)
    scrapes = Family("\(namespace)_exporter_scrapes_total", "Times that the target was asked for metrics.", use: slow)
    joinedScrapes = Family(
      "\(namespace)_exporter_joined_scrapes_total", "Requests that shared the scrape of another request.", use: slow)
    lastScrapeDuration = Family(
      "\(namespace)_exporter_last_scrape_duration_seconds", "Time that this scrape of the target took.",
      unit: .seconds)
    lastScrapeError = Family(
      "\(namespace)_exporter_last_scrape_error", "1 if a part of this scrape failed.", use: empty)
    lastScrapeErrorByKind =
      labelsErrors
      ? Family("\(namespace)_exporter_last_scrape_error", "The last scrape error status.", use: empty) : nil
    targetQueries = Family(
      "\(namespace)_exporter_target_queries_total", "Statements, commands or files asked of the target.", use: slow)
    targetReadBytes = Family(
      "\(namespace)_exporter_target_read_bytes_total", "Bytes read from the target.", use: slow)
  }

  package var all: [FamilyDescriptor] {
    [
      collectorDuration.descriptor, collectorSuccess.descriptor, collectorSeries.descriptor,
      collectorTimeouts.descriptor, scrapes.descriptor, joinedScrapes.descriptor, lastScrapeDuration.descriptor,
      lastScrapeErrorByKind?.descriptor ?? lastScrapeError.descriptor, targetQueries.descriptor,
      targetReadBytes.descriptor,
    ]
  }

  package static let postgres = ExporterSelf(namespace: "pg")

  package static let node = ExporterSelf(namespace: "node")

  package static let redis = ExporterSelf(redis: "redis")

  package static let all = postgres.all + node.all + redis.all
}

package struct CollectorLabel: OpenLabel {
  package static let labelName = "collector"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}

/// What kind of error came first, as the log says it; empty where all went well.
package struct ScrapeErrorLabel: OpenLabel {
  package static let labelName = "err"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}
