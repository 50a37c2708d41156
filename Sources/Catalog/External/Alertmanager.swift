import MetricModel

/// What Alertmanager records of the messages that it sends.
package enum Alertmanager {
  package static let notifications = Family<Counter, IntegrationLabel>(
    "alertmanager_notifications_total", "The total number of attempted notifications.")
  package static let notificationsFailed = Family<Counter, IntegrationLabel>(
    "alertmanager_notifications_failed_total", "The total number of failed notifications.")
  package static let configReloaded = Family<Gauge, NoLabels>(
    "alertmanager_config_last_reload_successful", "Whether the last configuration reload attempt was successful.")

  package static let all = [
    notifications.descriptor, notificationsFailed.descriptor, configReloaded.descriptor,
  ]
}

package enum IntegrationKey: LabelKey { package static let name = "integration" }
package typealias IntegrationLabel = OpenValue<IntegrationKey>
