import Alerts
import PromQL
import Topology

/// One file of alerts: a group a severity.
struct AlertRules {
  let stack: Stack
  let group: RuleGroup
  let alerts: [Alert]

  func yaml() throws -> YAML {
    let groups = try Severity.allCases.compactMap { severity -> YAML? in
      let rules = try alerts.filter { $0.severity == severity && $0.group == group }.map(rule)
      if rules.isEmpty { return nil }
      return [
        "name": .text(RuleFiles.name(of: group, severity)),
        "interval": .text(stack.compressed(AlertCase.interval).text), "rules": .list(rules),
      ]
    }
    return ["groups": .list(groups)]
  }

  private func rule(_ alert: Alert) throws -> YAML {
    .commented(
      alert.file,
      .map(of: [
        "alert": .text(alert.name),
        "expr": .text(try alert.condition()),
        "for": .text(stack.compressed(alert.holdsFor).text),
        "keep_firing_for": alert.keepsFiringFor == 0.s ? nil : .text(stack.compressed(alert.keepsFiringFor).text),
        "labels": .map(alert.labels.map { .init(key: $0.name, value: .text($0.value.template)) }),
        "annotations": .map(
          alert.annotations(in: stack).map { .init(key: $0.name, value: .text($0.text.template)) }),
      ]))
  }
}

extension Alert {
  /// Texts and links. Without a Grafana there is no dashboard to link to.
  func annotations(in stack: Stack) -> [(name: String, text: AlertText)] {
    let always: [(name: String, text: AlertText)] = [
      ("summary", texts.summary), ("description", texts.description), ("value", texts.value),
      ("runbook_url", "\(.publicURL)/runbooks/#\(section)"),
    ]
    return always + (stack.grafanaURL.isEmpty ? [] : [("dashboard_url", dashboardURL)])
  }

  /// With the variables of its dashboard; the message adds the hours.
  private var dashboardURL: AlertText {
    let page: AlertText = "\(.grafanaURL)/d/\(dashboard.rawValue)?orgId=1"
    // The variable chooses among jobs; what the rule calls its service may be a server that has none.
    let hasJob = expression.dimensions.firstMissing(of: [LabelName.job.text]) == nil
    let variables: [DashboardReference] = [.systemOverview, .performance]
    return hasJob && variables.contains(dashboard) ? "\(page)&var-servicio=\(.job)" : page
  }
}

extension Stack {
  /// A rule's or a route's time on this stack: a drill does not wait for hours. Nothing but waiting is compressed; a
  /// second is the least that Prometheus tells apart.
  package func compressed(_ period: Period) -> Period {
    period.seconds == 0 ? period : Period(seconds: Swift.max(1, period.seconds / timeDivisor))
  }
}
