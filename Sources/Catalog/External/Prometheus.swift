import MetricModel

/// What Prometheus itself records of its targets.
package enum Prometheus {
  package static let up = Family<Gauge, NoLabels>("up", "1 if the last scrape of the target succeeded.")

  package static let all = [up.descriptor]
}
