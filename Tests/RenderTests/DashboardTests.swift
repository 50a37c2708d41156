import Alerts
import Foundation
import Grafana
import Render
import Testing

/// The dashboards as Grafana's provisioning reads them.
struct DashboardTests {
  private struct Read: Decodable {
    struct Source: Decodable { let type, uid: String }
    struct Target: Decodable {
      let refId, expr, legendFormat: String
      let datasource: Source
      let instant, range: Bool
    }
    struct Place: Decodable { let h, w, x, y: Int }
    struct Panel: Decodable {
      let id: Int
      let type, title, description: String
      let datasource: Source
      let gridPos: Place
      let targets: [Target]
    }
    let uid, title, timezone: String
    let schemaVersion: Int
    let panels: [Panel]
  }

  private func read() throws -> [Read] {
    try Committed.files().filter { $0.path.hasPrefix("observability/grafana/dashboards/") }.map {
      try JSONDecoder().decode(Read.self, from: Data($0.contents.utf8))
    }
  }

  @Test func everyDashboardIsRendered() throws {
    let read = try read()
    #expect(Set(read.map(\.uid)) == Set(Dashboards.all.map(\.uid)))
    for dashboard in read {
      #expect(dashboard.timezone == "America/Argentina/Buenos_Aires")
      #expect(dashboard.schemaVersion == 42)
      #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
      for panel in dashboard.panels {
        #expect(!panel.description.isEmpty && panel.gridPos.x + panel.gridPos.w <= 24)
        #expect(panel.datasource.uid == "prometheus" && panel.datasource.type == "prometheus")
        #expect(Set(panel.targets.map(\.refId)).count == panel.targets.count && !panel.targets.isEmpty)
        for target in panel.targets {
          #expect(target.datasource.uid == "prometheus")
          #expect(target.instant != target.range)
          #expect(!target.expr.contains(/\[\d/), "a fixed window in a panel: \(target.expr)")
        }
      }
    }
  }

  @Test func systemOverviewAnswersItsQuestions() throws {
    let overview = try #require(try read().first { $0.uid == "minimarket-system-overview" })
    #expect(
      overview.panels.map(\.title) == ["Salud de los servicios", "Pedidos por segundo", "Errores %", "Latencia P95"])
  }

  @Test func alertsLinkToDashboardsThatExist() {
    let uids = Set(Dashboards.all.map(\.uid))
    for alert in Alerts.all { #expect(uids.contains(alert.dashboard.rawValue)) }
  }

  @Test func provisioningNamesTheDatasourceThatPanelsAsk() throws {
    let path = "observability/grafana/provisioning/datasources/prometheus.yml"
    let text = try #require(try Committed.files().first { $0.path == path }).contents
    #expect(text.contains("\n    uid: prometheus\n"))
  }
}
