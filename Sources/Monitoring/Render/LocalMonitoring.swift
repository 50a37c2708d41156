import Alerts
import Routing
import Topology

/// Debian's rendering, for the local engine's state directory.
package enum LocalMonitoring {
  /// Paths are relative to `<state>/config/`.
  package static func files(for stack: Stack, secrets: MonitoringSecrets) throws -> [RenderedFile] {
    let monitoring = MonitoringFiles(
      stack: stack, channels: channels(of: stack, secrets: secrets), alerts: Alerts.all,
      remoteWrite: try secrets.remoteWriteURL.flatMap(RemoteWrite.init))
    return try monitoring.prometheus() + monitoring.alertmanager() + RunbookLibrary(stack: stack).pages()
      + [DeploymentSilences(alerts: Alerts.all).file()]
  }

  /// Slack's address stays in its own secret file, which Alertmanager reads at each message; those of pages and of
  /// the heartbeat have to be in the configuration, which is then a secret itself.
  private static func channels(of stack: Stack, secrets: MonitoringSecrets) -> [Channel] {
    var channels: [Channel] = []
    if let slack = secrets.slackWebhookURL, !slack.isEmpty {
      channels.append(
        .slack(addressFile: "\(stack.stateDirectory)/secrets/\(Variables.slackWebhookURL.name)"))
    }
    if let page = secrets.pageWebhookURL, !page.isEmpty { channels.append(.page(.inline(page))) }
    if let beat = secrets.heartbeatURL, !beat.isEmpty { channels.append(.heartbeat(.inline(beat))) }
    return channels
  }
}
