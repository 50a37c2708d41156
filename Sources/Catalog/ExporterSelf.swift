import MetricModel

/// What every exporter of ours says about its own work.
package enum ExporterSelf {
  package static func collectorDuration(_ namespace: String) -> Family<Gauge, CollectorLabel> {
    Family(
      "\(namespace)_scrape_collector_duration_seconds", "Time that a collector took in this scrape.", unit: .seconds,
      use: .notNeeded("read by hand when a scrape is slow"))
  }
  package static func collectorSuccess(_ namespace: String) -> Family<Gauge, CollectorLabel> {
    Family(
      "\(namespace)_scrape_collector_success", "1 if the collector finished within its limit and without an error.",
      use: .notNeeded("read by hand when a panel is empty"))
  }

  package static let all = ["pg"].flatMap {
    [collectorDuration($0).descriptor, collectorSuccess($0).descriptor]
  }
}

package struct CollectorLabel: OpenLabel {
  package static let labelName = "collector"
  package let labelValue: String
  package init(_ labelValue: String) { self.labelValue = labelValue }
}
