import MetricModel

/// What Prometheus itself records of its targets, its rules and its messages.
package enum Prometheus {
  package static let up = Family<Gauge, NoLabels>("up", "1 if the last scrape of the target succeeded.")
  package static let alerts = Family<Gauge, AlertStateLabels>(
    "ALERTS", "1 for each alert that is pending or firing.")

  package static let alertmanagers = Family<Gauge, NoLabels>(
    "prometheus_notifications_alertmanagers_discovered",
    "The number of alertmanagers discovered and active.")
  package static let notificationErrors = Family<Counter, AlertmanagerAddress>(
    "prometheus_notifications_errors_total", "Total number of errors sending alert notifications.")
  package static let notificationsSent = Family<Counter, AlertmanagerAddress>(
    "prometheus_notifications_sent_total", "Total number of alerts sent.",
    use: .notNeeded("read by hand while Alertmanager does not answer"))
  package static let notificationsDropped = Family<Counter, NoLabels>(
    "prometheus_notifications_dropped_total",
    "Total number of alerts dropped due to errors when sending to Alertmanager.")
  package static let ruleFailures = Family<Counter, RuleGroupLabel>(
    "prometheus_rule_evaluation_failures_total", "The total number of rule evaluation failures.")
  package static let iterationsMissed = Family<Counter, RuleGroupLabel>(
    "prometheus_rule_group_iterations_missed_total",
    "The total number of rule group evaluations missed due to slow rule group evaluation.")
  package static let configReloaded = Family<Gauge, NoLabels>(
    "prometheus_config_last_reload_successful", "Whether the last configuration reload attempt was successful.")
  package static let sampleLimitExceeded = Family<Counter, NoLabels>(
    "prometheus_target_scrapes_exceeded_sample_limit_total",
    "Total number of scrapes that hit the sample limit and were rejected.")
  package static let remoteFailed = Family<Counter, RemoteLabels>(
    "prometheus_remote_storage_samples_failed_total",
    "Total number of samples which failed on send to remote storage, non-recoverable errors.")
  package static let remoteRetried = Family<Counter, RemoteLabels>(
    "prometheus_remote_storage_samples_retried_total",
    "Total number of samples which failed on send to remote storage but were retried because the send error was "
      + "recoverable.")

  package static let all = [
    up.descriptor, alerts.descriptor, alertmanagers.descriptor, notificationErrors.descriptor,
    notificationsSent.descriptor,
    notificationsDropped.descriptor, ruleFailures.descriptor, iterationsMissed.descriptor, configReloaded.descriptor,
    sampleLimitExceeded.descriptor, remoteFailed.descriptor, remoteRetried.descriptor,
  ]
}

package enum AlertNameKey: LabelKey { package static let name = "alertname" }
package typealias AlertName = OpenValue<AlertNameKey>
package enum SeverityKey: LabelKey { package static let name = "severity" }
package typealias SeverityLabel = OpenValue<SeverityKey>

package enum AlertState: ClosedLabel {
  case pending, firing
  package static let labelName = "alertstate"
  @inlinable package static var count: Int { 2 }
}

/// Of the series `ALERTS`: those of the alert's own labels that every alert of ours has.
package struct AlertStateLabels: LabelSet {
  package enum ServiceKey: LabelKey { package static let name = "service" }
  package typealias Service = OpenValue<ServiceKey>

  package static let labelNames = [
    AlertName.labelName, AlertState.labelName, Service.labelName, SeverityLabel.labelName,
  ]
  package let name: AlertName
  package let state: AlertState
  /// Empty where the alert is about no service.
  package let service: Service
  package let severity: SeverityLabel
  package var labelValues: [String] {
    [name.labelValue, state.labelValue, service.labelValue, severity.labelValue]
  }
}

package enum AlertmanagerKey: LabelKey { package static let name = "alertmanager" }
package typealias AlertmanagerAddress = OpenValue<AlertmanagerKey>
package enum RuleGroupKey: LabelKey { package static let name = "rule_group" }
package typealias RuleGroupLabel = OpenValue<RuleGroupKey>
package enum RemoteNameKey: LabelKey { package static let name = "remote_name" }
package typealias RemoteName = OpenValue<RemoteNameKey>
package enum RemoteURLKey: LabelKey { package static let name = "url" }
package typealias RemoteURL = OpenValue<RemoteURLKey>
package typealias RemoteLabels = Pair<RemoteName, RemoteURL>
