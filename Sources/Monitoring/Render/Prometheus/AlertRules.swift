import Alerts
import Topology

/// `rules/minimarket.yml`: a group a severity.
struct AlertRules {
  let stack: Stack
  let alerts: [Alert]

  static let fileName = "minimarket.yml"

  func yaml() throws -> YAML {
    let groups = try Severity.allCases.compactMap { severity -> YAML? in
      let rules = try alerts.filter { $0.severity == severity }.map(rule)
      return rules.isEmpty ? nil : ["name": "minimarket-\(severity.rawValue)", "rules": .list(rules)]
    }
    return ["groups": .list(groups)]
  }

  private func rule(_ alert: Alert) throws -> YAML {
    .commented(
      alert.file,
      [
        "alert": .text(alert.name),
        "expr": .text(try alert.condition()),
        "for": .text(alert.duration),
        "labels": .map(alert.labels.map { .init(key: $0.name, value: .text($0.value.template)) }),
        "annotations": .map(
          alert.annotations(in: stack).map { .init(key: $0.name, value: .text($0.text.template)) }),
      ])
  }
}

extension Alert {
  /// Texts and links. Without a Grafana there is no dashboard to link to.
  func annotations(in stack: Stack) -> [(name: String, text: AlertText)] {
    let always: [(name: String, text: AlertText)] = [
      ("summary", texts.summary), ("description", texts.description), ("value", texts.value),
      ("runbook_url", "\(.publicURL)/runbooks/#\(name)"),
    ]
    return always + (stack.grafanaURL.isEmpty ? [] : [("dashboard_url", "\(.grafanaURL)/d/\(dashboard.rawValue)")])
  }
}
