import Alerts
import Foundation
import Grafana
import Render
import Testing

/// The dashboards as Grafana's provisioning reads them.
struct DashboardTests {
  private let written = WrittenDashboards.self

  @Test func everyDashboardIsRendered() throws {
    let read = try written.all()
    #expect(Set(read.map(\.uid)) == Set(DashboardReference.allCases.map(\.rawValue)))
    for dashboard in read {
      #expect(dashboard.timezone == "America/Argentina/Buenos_Aires")
      #expect(dashboard.schemaVersion == 42 && !dashboard.editable && dashboard.refresh == "30s")
      #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
      #expect(dashboard.panels.allSatisfy { $0.gridPos.x + $0.gridPos.w <= 24 })
      #expect(dashboard.panels.first?.type == "row")
    }
  }

  @Test func panelsAskTheDatasourcesThatProvisioningNames() throws {
    for panel in try written.all().flatMap(\.panels) where panel.type != "row" {
      #expect(!(panel.description ?? "").isEmpty, "\(panel.title)")
      let kind = panel.type == "logs" ? "loki" : "prometheus"
      #expect(panel.datasource == .init(type: kind, uid: kind), "\(panel.title)")
      let targets = panel.targets ?? []
      #expect(!targets.isEmpty && Set(targets.map(\.refId)).count == targets.count, "\(panel.title)")
      for target in targets {
        #expect(target.datasource == panel.datasource)
        if kind == "prometheus" { #expect(target.instant != target.range) }
      }
    }
    for uid in ["prometheus", "loki"] {
      let path = "observability/grafana/provisioning/datasources/\(uid).yml"
      let text = try #require(try Committed.files().first { $0.path == path }).contents
      #expect(text.contains("uid: \(uid)\n"))
    }
  }

  /// A window of a length of its own is right where the title says it.
  @Test func fixedWindowsAreSaid() throws {
    let said = ["1h": "hora", "1w": "semana", "10m": "10 minutos"]
    for panel in try written.all().flatMap(\.panels) {
      for target in panel.targets ?? [] {
        for window in target.expr.matches(of: /\[(\d\w+)\]/) {
          let words = try #require(said[String(window.1)], "\(panel.title): \(target.expr)")
          #expect((panel.title + (panel.description ?? "")).contains(words), "\(panel.title)")
        }
      }
    }
  }

  @Test func alertsLinkToDashboardsThatExist() {
    let uids = Set(Dashboards.all.map(\.uid))
    for alert in Alerts.all { #expect(uids.contains(alert.dashboard.rawValue)) }
  }

  @Test func variablesReloadWithTheTimeAndChooseEverything() throws {
    for dashboard in try written.all() {
      let queries = dashboard.templating.list.filter { $0.type == "query" }
      #expect(!queries.isEmpty, "\(dashboard.uid)")
      for variable in queries {
        #expect(variable.refresh == 2 && variable.multi == true && variable.includeAll == true)
        #expect(variable.definition?.hasPrefix("label_values(") == true && variable.label?.isEmpty == false)
      }
    }
    let overview = try written.dashboard("minimarket-system-overview")
    let service = try #require(overview.templating.list.first { $0.name == "servicio" })
    #expect(
      service.definition == #"label_values(up{job=~"agente_deposito|postgres_exporter|redis_exporter|node_exporter|"#
        + #"agente_negocio|ml_service|dashboard"}, job)"#)
    let instance = try #require(overview.templating.list.first { $0.name == "instancia" })
    #expect(instance.definition == #"label_values(up{job=~"$servicio"}, instance)"#)
  }

  @Test func linksKeepTimeAndVariables() throws {
    for dashboard in try written.all() {
      let link = try #require(dashboard.links.first)
      #expect(link.type == "dashboards" && link.tags == ["minimarket"] && link.keepTime && link.includeVars)
      #expect(dashboard.tags == ["minimarket"])
    }
  }

  @Test func eventsAreMarked() throws {
    for dashboard in try written.all() {
      let marks = dashboard.annotations.list.dropFirst()
      #expect(marks.map(\.name) == ["Alertas", "Despliegues", "Arranques"])
      #expect(marks.map(\.useValueForTime) == [false, true, true])
      let firing = try #require(marks.first?.target?.expr)
      #expect(
        firing == #"max by (alertname, severity, service) (ALERTS{alertname!="Watchdog",alertstate="firing"})"#)
    }
  }
}
