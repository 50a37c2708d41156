import Alerts
import Topology

/// Where alerts go: the tree of routes, who receives, and what mutes what.
package struct Routing: Sendable {
  package let receivers: [Receiver]
  /// What catches every alert.
  package let root: Route
  /// By severity, the most severe first; each is tried in turn.
  package let routes: [Route]
  package let inhibitions: [Inhibition]

  /// - Parameter channels: those that have an address; an absent one leaves no receiver.
  package init(channels: [Channel], alerts: [Alert] = Alerts.all) {
    let names = channels.map(\.name)
    let team = names.contains(Channel.slackName) ? Channel.slackName : Receiver.nobody
    receivers =
      channels.map { Receiver(name: $0.name, channel: $0) }
      + (team == Receiver.nobody ? [Receiver(name: team, channel: nil)] : [])
    root = Route(severity: nil, receiver: team, pace: .of(.medium), continues: false)
    let pages = Route(severity: .critical, receiver: Channel.pageName, pace: .of(.critical), continues: true)
    routes =
      (names.contains(Channel.pageName) ? [pages] : [])
      + Severity.calling.map { Route(severity: $0, receiver: team, pace: .of($0), continues: false) }
    inhibitions = alerts.flatMap { alert in alert.mutes.compactMap { Inhibition($0, by: alert, among: alerts) } }
  }

  /// Alerts that are equal in these are one message: one for each service, however many replicas.
  package static let groupedBy = ["alertname", "service"]
}

/// Somebody who is told.
package struct Receiver: Sendable {
  package let name: String
  /// nil: told nothing.
  package let channel: Channel?

  /// Where alerts end when no webhook is configured; they stay visible in Alertmanager.
  package static let nobody = "nadie"
}

/// A way out, with the address that the rendering writes.
package enum Channel: Sendable {
  /// Slack's incoming webhook, from a file that holds its address.
  case slack(addressFile: String)
  /// Alertmanager's own JSON to whoever wakes people, from a file.
  case page(addressFile: String)
  /// The same, with the address in the configuration: Alertmanager before 0.26 reads it from no file.
  case pageAt(address: String)

  package static let slackName = "slack"
  package static let pageName = "guardia"

  package var name: String {
    switch self {
    case .slack: Self.slackName
    case .page, .pageAt: Self.pageName
    }
  }
}

/// One branch: alerts of a severity, who gets them, and how paced.
package struct Route: Sendable {
  /// nil: all that no other branch takes.
  package let severity: Severity?
  package let receiver: String
  package let pace: Pace
  /// Whether the following branches are tried too.
  package let continues: Bool
}

/// How messages are paced, in seconds.
package struct Pace: Sendable {
  /// How long the first message of a group waits for company.
  package let groupWait: Int
  /// How long until news of the group are told.
  package let groupInterval: Int
  /// How long until what still fires is told again.
  package let repeatInterval: Int

  package static func of(_ severity: Severity) -> Self {
    switch severity {
    case .critical: Self(groupWait: 0, groupInterval: 60, repeatInterval: 3600)
    case .high: Self(groupWait: 30, groupInterval: 300, repeatInterval: 4 * 3600)
    case .medium: Self(groupWait: 300, groupInterval: 1800, repeatInterval: 12 * 3600)
    case .heartbeat: Self(groupWait: 0, groupInterval: 60, repeatInterval: 60)
    }
  }
}
