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
      "time_intervals": routing.timeIntervals.isEmpty
        ? nil : .list(routing.timeIntervals.map { interval(stack.isHasty ? $0.everyHour : $0) }),
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
    if !route.matchers.isEmpty {
      entries.append(.init(key: "matchers", value: matchers(route.matchers)))
    }
    entries.append(.init(key: "receiver", value: .text(route.receiver)))
    if route.continues { entries.append(.init(key: "continue", value: true)) }
    if !route.activeIntervals.isEmpty {
      entries.append(.init(key: "active_time_intervals", value: .list(route.activeIntervals.map { .text($0) })))
    }
    return .map(entries + pace)
  }

  private func pace(_ pace: Pace) -> YAML {
    [
      "group_wait": .text(stack.compressed(Period(seconds: pace.groupWait)).text),
      "group_interval": .text(stack.compressed(Period(seconds: pace.groupInterval)).text),
      "repeat_interval": .text(stack.compressed(Period(seconds: pace.repeatInterval)).text),
    ]
  }

  private func matchers(_ matchers: [LabelMatch]) -> YAML { .list(matchers.map { .text($0.text) }) }

  private func interval(_ interval: TimeInterval) -> YAML {
    [
      "name": .text(interval.name),
      "time_intervals": [
        [
          "weekdays": [.text(interval.weekdays)],
          "times": [["start_time": .text(interval.from), "end_time": .text(interval.until)]],
          "location": .text(interval.location),
        ]
      ],
    ]
  }

  private func inhibition(_ inhibition: Inhibition) -> YAML {
    .map(of: [
      "source_matchers": matchers(inhibition.source),
      "target_matchers": matchers(inhibition.targets),
      "equal": inhibition.equal.isEmpty ? nil : .list(inhibition.equal.map { .text($0) }),
    ])
  }

  private func receiver(_ receiver: Receiver) -> YAML {
    switch receiver.channel {
    case nil: ["name": .text(receiver.name)]
    case .slack(let file): ["name": .text(receiver.name), "slack_configs": [slack(addressFile: file)]]
    case .page(let address): webhook(receiver.name, address, sendsResolved: true)
    // The end of an alert that never ends means that rules are no longer evaluated: the switch must not hear of it.
    case .heartbeat(let address): webhook(receiver.name, address, sendsResolved: false)
    }
  }

  private func webhook(_ name: String, _ address: Channel.Address, sendsResolved: Bool) -> YAML {
    let place: (key: String, value: String) =
      switch address {
      case .file(let path): ("url_file", path)
      case .inline(let url): ("url", url)
      }
    return [
      "name": .text(name),
      "webhook_configs": [[place.key: .text(place.value), "send_resolved": .flag(sendsResolved)]],
    ]
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
