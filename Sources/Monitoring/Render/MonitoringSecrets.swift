/// The webhooks of one stack. nil or empty leaves the receiver out.
package struct MonitoringSecrets: Sendable {
  package let slackWebhookURL: String?
  package let pageWebhookURL: String?
  package let heartbeatURL: String?

  package init(slackWebhookURL: String? = nil, pageWebhookURL: String? = nil, heartbeatURL: String? = nil) {
    self.slackWebhookURL = slackWebhookURL
    self.pageWebhookURL = pageWebhookURL
    self.heartbeatURL = heartbeatURL
  }
}
