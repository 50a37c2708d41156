import MetricModel
import PromQL
import Topology

extension Alerts {
  /// Who watches the watchers. Names are those of kube-prometheus and the Prometheus mixin, where they have the alert.
  /// Rates instead of their increases: `> 0` says the same of both.
  package static let observability = [
    alertmanagerFailedToSendAlerts, prometheusErrorSendingAlerts, prometheusNotConnectedToAlertmanagers,
    prometheusNotificationsDropped, prometheusRuleFailures, prometheusBadConfig, alertmanagerFailedReload, targetDown,
    prometheusMissingRuleEvaluations, prometheusScrapeSampleLimitHit, prometheusRemoteStorageFailures,
    telemetryDropped, watchdog,
  ]

  static let prometheusLabels = [LabelName.job: Job.prometheus.rawValue, .instance: prometheusInstance]
  static let alertmanagerLabels = [LabelName.job: Job.alertmanager.rawValue, .instance: alertmanagerInstance]
  static let prometheusInstance = "a:9090"
  static let alertmanagerInstance = "a:9093"

  /// The series of a monitoring server that counts something.
  static func counted<L: LabelSet>(
    _ family: Family<Counter, L>, _ labels: L, by job: Job = .prometheus, _ samples: Samples...
  ) -> SampledSeries {
    let instance = job == .alertmanager ? alertmanagerInstance : prometheusInstance
    return SampledSeries(family, labels, job: job, instance: instance, samples)
  }

  /// A counter that must not grow: it stands still, or grows by one at each scrape. A rate needs two samples.
  static func growth<L: LabelSet>(
    of title: String, _ family: Family<Counter, L>, _ values: L, by job: Job = .prometheus,
    firing labels: [LabelName: String]
  ) -> Boundary {
    Boundary(of: title, silentAt: 0, firesAt: 1, begins: AlertCase.interval, labels: labels, value: perSecond) {
      level, length in
      [counted(family, values, by: job, .grow(by: level, length))]
    }
  }

  /// The rate of a counter that grows by so much with every sample.
  static func perSecond(_ growth: Double) -> Double { growth / Double(AlertCase.interval.seconds) }
}
