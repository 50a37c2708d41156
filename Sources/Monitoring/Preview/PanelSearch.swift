import Grafana

/// Finds the panel that somebody means: `dashboard-uid/panel-id`, or its title.
package enum PanelSearch {
  package struct Found: Sendable {
    package let dashboard: Dashboard
    package let panel: Panel
    package var address: String { "\(dashboard.uid)/\(panel.id)" }
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  package static func panel(_ name: String, in dashboards: [Dashboard]) throws(Failure) -> Found {
    let all = dashboards.flatMap { dashboard in dashboard.panels.map { Found(dashboard: dashboard, panel: $0) } }
    if let found = all.first(where: { $0.address == name }) { return found }
    let titled = all.filter { $0.panel.title.lowercased() == name.lowercased() }
    if let only = titled.first, titled.count == 1 { return only }
    let near = titled.isEmpty ? all.filter { $0.panel.title.lowercased().contains(name.lowercased()) } : titled
    let listed = (near.isEmpty ? all : near).map { "  \($0.address)  \($0.panel.title)" }.joined(separator: "\n")
    throw Failure(
      description: (titled.isEmpty ? "there is no panel “\(name)”" : "“\(name)” is the title of \(titled.count) panels")
        + "; say one of these:\n\(listed)")
  }
}
