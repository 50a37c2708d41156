import Alerts
import Routing
import Topology

/// What the routing names and what there is: labels, receivers, hours, alerts, templates.
package enum RoutingLint {
  /// One sentence a mistake, naming the declaration.
  package static func problems(
    alerts: [Alert] = Alerts.all, routing: Routing? = nil, silences: [DeploymentSilence]? = nil,
    templates: String = SlackMessage.templates
  ) -> [String] {
    let silences = silences ?? Platform.processes.compactMap { DeploymentSilence(of: $0, among: alerts) }
    let channels: [Channel] = [.slack(addressFile: "f"), .page(.file("f")), .heartbeat(.file("f"))]
    return (routing ?? Routing(channels: channels, alerts: alerts)).problems(among: alerts)
      + silences.flatMap { $0.problems(among: alerts) } + SlackMessage.problems(of: templates)
  }
}
