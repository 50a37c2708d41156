/// The webhooks of one stack, and where its series are copied to. nil or empty leaves the receiver out.
package struct MonitoringSecrets: Sendable {
  package let slackWebhookURL: String?
  package let pageWebhookURL: String?
  package let remoteWriteURL: String?

  package init(slackWebhookURL: String? = nil, pageWebhookURL: String? = nil, remoteWriteURL: String? = nil) {
    self.slackWebhookURL = slackWebhookURL
    self.pageWebhookURL = pageWebhookURL
    self.remoteWriteURL = remoteWriteURL
  }
}
