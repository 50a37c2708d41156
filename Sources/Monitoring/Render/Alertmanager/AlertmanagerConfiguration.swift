import Alerts
import PromQL
import Routing
import Topology

/// `alertmanager.yml`.
struct AlertmanagerConfiguration {
  let stack: Stack
  let routing: Routing

  static let templateFiles = "templates/*.tmpl"
  static let templateName = "minimarket.tmpl"

  func yaml() -> YAML {
    .map(of: [
      "route": route,
      "inhibit_rules": routing.inhibitions.isEmpty ? nil : .list(routing.inhibitions.map(inhibition)),
      "receivers": .list(routing.receivers.map(receiver)),
      "templates": [.text(Self.templateFiles)],
    ])
  }

  private var route: YAML {
    let groups = YAML.list(Routing.groupedBy.map { .text($0) })
    guard case .map(let pace) = pace(routing.root.pace) else { return [:] }
    return .map(
      [.init(key: "receiver", value: .text(routing.root.receiver)), .init(key: "group_by", value: groups)] + pace
        + [.init(key: "routes", value: .list(routing.routes.map(branch)))])
  }

  private func branch(_ route: Route) -> YAML {
    guard case .map(let pace) = pace(route.pace) else { return [:] }
    var entries: [YAML.Entry] = []
    if let severity = route.severity {
      entries.append(.init(key: "matchers", value: ["severity=\"\(severity.rawValue)\""]))
    }
    entries.append(.init(key: "receiver", value: .text(route.receiver)))
    if route.continues { entries.append(.init(key: "continue", value: true)) }
    return .map(entries + pace)
  }

  private func pace(_ pace: Pace) -> YAML {
    [
      "group_wait": .text(stack.compressed(Period(seconds: pace.groupWait)).text),
      "group_interval": .text(stack.compressed(Period(seconds: pace.groupInterval)).text),
      "repeat_interval": .text(stack.compressed(Period(seconds: pace.repeatInterval)).text),
    ]
  }

  private func inhibition(_ inhibition: Inhibition) -> YAML {
    .map(of: [
      "source_matchers": .list(inhibition.source.map { .text($0) }),
      "target_matchers": .list(inhibition.targets.map { .text($0) }),
      "equal": inhibition.equal.isEmpty ? nil : .list(inhibition.equal.map { .text($0) }),
    ])
  }

  private func receiver(_ receiver: Receiver) -> YAML {
    switch receiver.channel {
    case nil: ["name": .text(receiver.name)]
    case .slack(let file): ["name": .text(receiver.name), "slack_configs": [slack(addressFile: file)]]
    case .page(let file):
      ["name": .text(receiver.name), "webhook_configs": [["url_file": .text(file), "send_resolved": true]]]
    case .pageAt(let address):
      ["name": .text(receiver.name), "webhook_configs": [["url": .text(address), "send_resolved": true]]]
    }
  }

  private func slack(addressFile: String) -> YAML {
    [
      "api_url_file": .text(addressFile),
      "channel": .text(SlackMessage.channel),
      "username": "MiniMarket",
      "send_resolved": true,
      "color": .text(SlackMessage.color),
      "title": .text(SlackMessage.title),
      "title_link": .text(SlackMessage.titleLink),
      "fallback": .text(SlackMessage.fallback),
      "text": .text(SlackMessage.text),
      "mrkdwn_in": ["text"],
    ]
  }
}
