import Alerts
import Routing
import Runbooks
import Topology

/// Debian's rendering, for the local engine's state directory.
package enum LocalMonitoring {
  /// Paths are relative to `<state>/config/`.
  package static func files(for stack: Stack, secrets: MonitoringSecrets) throws -> [RenderedFile] {
    let monitoring = MonitoringFiles(
      stack: stack, channels: channels(of: stack, secrets: secrets), alerts: Alerts.all,
      remoteWrite: try secrets.remoteWriteURL.flatMap(RemoteWrite.init))
    let page = HTMLDocument(document: try RespondingToAlerts.document(for: stack)).text()
    return try monitoring.prometheus() + monitoring.alertmanager() + [
      RenderedFile(path: "www/runbooks/index.html", contents: page)
    ]
  }

  /// Slack's address stays in its own secret file, which Alertmanager reads at each message; the page's address has to
  /// be in the configuration, which is then a secret itself.
  private static func channels(of stack: Stack, secrets: MonitoringSecrets) -> [Channel] {
    var channels: [Channel] = []
    if let slack = secrets.slackWebhookURL, !slack.isEmpty {
      channels.append(
        .slack(addressFile: "\(stack.stateDirectory)/secrets/\(Variables.slackWebhookURL.name)"))
    }
    if let page = secrets.pageWebhookURL, !page.isEmpty { channels.append(.pageAt(address: page)) }
    return channels
  }
}
