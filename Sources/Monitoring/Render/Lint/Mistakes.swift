import Alerts
import Grafana
import Routing
import Runbooks
import Topology

extension Linter {
  /// With one of these, what is generated would be wrong: `generate` and `check` refuse, and name the declaration.
  /// - Parameters:
  ///   - anchors: the sections of the book of runbooks; nil: those that it has.
  ///   - templates: of Alertmanager's messages.
  package static func mistakes(
    alerts: [Alert] = Alerts.all, dashboards: [Dashboard] = Dashboards.all, anchors: [String]? = nil,
    templates: String = SlackMessage.templates
  ) -> [String] {
    repeated(alerts.map(\.name), "is the name of two alerts")
      + repeated(dashboards.map(\.uid), "is the uid of two dashboards") + Guide.problems(of: alerts)
      + runbooks(of: alerts, anchors: anchors) + dashboards.flatMap(documents)
      + GoTemplate(templates).problems.map { "Sources/Monitoring/Routing/SlackMessage.swift: \($0)" }
  }

  private static func runbooks(of alerts: [Alert], anchors: [String]?) -> [String] {
    do {
      let anchors =
        try anchors ?? RespondingToAlerts.document(for: .committed, alerts: alerts).sections.map(\.anchor)
      let missing = alerts.filter { !anchors.contains($0.section) }.map {
        "\($0.file): \($0.name): the book has no section \($0.section)"
      }
      let sections = Set(alerts.map(\.section))
      let idle = anchors.filter { !sections.contains($0) }.map {
        "RESPONDING_TO_ALERTS.md: section \($0): no alert has it"
      }
      return missing + idle + alerts.filter(\.runbook.isBlank).map { "\($0.file): \($0.name): its runbook is empty" }
    } catch {
      return ["RESPONDING_TO_ALERTS.md: \(error)"]
    }
  }

  private static func documents(of dashboard: Dashboard) -> [String] {
    do {
      return try DashboardJSON(dashboard: dashboard, stack: .committed).json().problems.map {
        "\(dashboard.file): \(dashboard.uid): \($0)"
      }
    } catch {
      return ["\(dashboard.file): \(dashboard.uid): \(error)"]
    }
  }
}

extension Runbook {
  fileprivate var isBlank: Bool {
    meaning.isEmpty || firstFiveMinutes.isEmpty || diagnosis.isEmpty || fix.isEmpty || verify.isEmpty
  }
}

extension JSON {
  /// What RFC 8259 has no words for, with its place.
  package var problems: [String] { problems(at: "$") }

  private func problems(at place: String) -> [String] {
    switch self {
    case .number(let number): return number.isFinite ? [] : ["\(place): \(number) is no JSON number"]
    case .list(let items): return items.enumerated().flatMap { $1.problems(at: "\(place)[\($0)]") }
    case .object(let entries):
      let twice = Dictionary(grouping: entries, by: \.key).filter { $0.value.count > 1 }.keys.sorted()
      return twice.map { "\(place): the key \($0) is there twice" }
        + entries.flatMap { $0.value.problems(at: "\(place).\($0.key)") }
    case .null, .text, .flag: return []
    }
  }
}
