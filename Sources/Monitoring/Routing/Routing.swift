import Alerts
import Topology

/// Where alerts go: the tree of routes, who receives, when, and what mutes what.
package struct Routing: Sendable {
  package let receivers: [Receiver]
  /// What catches every alert.
  package let root: Route
  /// The heartbeat, and then by severity, the most severe first; each is tried in turn.
  package let routes: [Route]
  package let timeIntervals: [TimeInterval]
  package let inhibitions: [Inhibition]

  /// - Parameter channels: those that have an address; an absent one leaves no receiver.
  package init(channels: [Channel], alerts: [Alert] = Alerts.all) {
    let names = channels.map(\.name)
    let team = names.contains(Channel.slackName) ? Channel.slackName : Receiver.nobody
    let heartbeat = names.contains(Channel.heartbeatName) ? Channel.heartbeatName : Receiver.nobody
    let needsNobody = team == Receiver.nobody || heartbeat == Receiver.nobody
    let beat = Route([LabelMatch(LabelMatch.alertName, .equals, Self.heartbeatAlert)], to: heartbeat, pace: .heartbeat)
    let pages = Route(of: .critical, to: Channel.pageName, continues: true)
    self.init(
      receivers: channels.map { Receiver(name: $0.name, channel: $0) }
        + (needsNobody ? [Receiver(name: Receiver.nobody, channel: nil)] : []),
      root: Route([], to: team, pace: .of(.medium)),
      routes: [beat] + (names.contains(Channel.pageName) ? [pages] : [])
        + Severity.calling.map { Route(of: $0, to: team) },
      timeIntervals: [.workingHours],
      inhibitions: alerts.flatMap { alert in alert.mutes.compactMap { Inhibition($0, by: alert, among: alerts) } })
  }

  package init(
    receivers: [Receiver], root: Route, routes: [Route], timeIntervals: [TimeInterval], inhibitions: [Inhibition]
  ) {
    self.receivers = receivers
    self.root = root
    self.routes = routes
    self.timeIntervals = timeIntervals
    self.inhibitions = inhibitions
  }

  /// Alerts that are equal in these are one message: one for each service, however many replicas.
  package static let groupedBy = [LabelMatch.alertName, LabelMatch.service]

  /// Always firing. It goes to whoever notices that it no longer comes, and to no person.
  package static let heartbeatAlert = "Watchdog"
}

/// Somebody who is told.
package struct Receiver: Sendable {
  package let name: String
  /// nil: told nothing.
  package let channel: Channel?

  package init(name: String, channel: Channel?) {
    self.name = name
    self.channel = channel
  }

  /// Where alerts end when no webhook is configured; they stay visible in Alertmanager.
  package static let nobody = "nadie"
}

/// A way out, with the address that the rendering writes.
package enum Channel: Sendable {
  /// Slack's incoming webhook, from a file that holds its address.
  case slack(addressFile: String)
  /// Alertmanager's own JSON to whoever wakes people.
  case page(Address)
  /// The same to a dead man's switch, which calls when nothing comes any more.
  case heartbeat(Address)

  package enum Address: Sendable {
    /// In a file of its own.
    case file(String)
    /// In the configuration, which is then a secret: Alertmanager before 0.26 reads a webhook's from no file.
    case inline(String)
  }

  package static let slackName = "slack"
  package static let pageName = "guardia"
  package static let heartbeatName = "latido"

  package var name: String {
    switch self {
    case .slack: Self.slackName
    case .page: Self.pageName
    case .heartbeat: Self.heartbeatName
    }
  }

  /// Whether the configuration that names it is a secret.
  package var isSecret: Bool {
    switch self {
    case .page(.inline), .heartbeat(.inline): true
    case .slack, .page(.file), .heartbeat(.file): false
    }
  }
}

/// One branch: which alerts, who gets them, when, and how paced.
package struct Route: Sendable {
  /// All must hold; none: all that no other branch takes.
  package let matchers: [LabelMatch]
  package let receiver: String
  package let pace: Pace
  /// Whether the following branches are tried too.
  package let continues: Bool
  /// Names of those within which it speaks; none: always.
  package let activeIntervals: [String]

  package init(
    _ matchers: [LabelMatch], to receiver: String, pace: Pace, continues: Bool = false, activeIntervals: [String] = []
  ) {
    self.matchers = matchers
    self.receiver = receiver
    self.pace = pace
    self.continues = continues
    self.activeIntervals = activeIntervals
  }

  /// What is medium waits for the day.
  init(of severity: Severity, to receiver: String, continues: Bool = false) {
    self.init(
      [LabelMatch(LabelMatch.severity, .equals, severity.rawValue)], to: receiver, pace: .of(severity),
      continues: continues, activeIntervals: severity == .medium ? [TimeInterval.workingHours.name] : [])
  }
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
    case .heartbeat: .heartbeat
    }
  }

  /// Every minute: a message goes out at a `group_interval` that finds the last one older than `repeat_interval`. With
  /// both at a minute, one that took a moment to send would make it every two.
  package static let heartbeat = Self(groupWait: 0, groupInterval: 30, repeatInterval: 45)
}
