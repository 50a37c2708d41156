import Alerts
import Grafana
import Routing
import Runbooks
import Topology

/// What is committed, relative to the repository's root: docker's rendering with every default.
package enum Committed {
  /// Directories that hold generated files and nothing else, so that a file too many is a mistake.
  package static let generatedDirectories = [
    "observability/prometheus", "observability/alertmanager", "observability/grafana", "observability/loki",
    "observability/promtail", "observability/alloy", "observability/kubernetes",
  ]

  package static func files() throws -> [RenderedFile] {
    let monitoring = MonitoringFiles(stack: .committed, channels: channels, alerts: Alerts.all)
    let observability =
      try monitoring.prometheus() + monitoring.ruleTests() + monitoring.alertmanager() + grafana(monitoring)
      + LogFiles(stack: .committed).files() + monitoring.kubernetes()
    return try ([EnvironmentTemplate.file(), runbooks()] + observability.map(inObservability)).sorted {
      $0.path < $1.path
    }
  }

  /// Compose mounts the webhooks as secrets, so that no address is ever committed.
  private static let channels: [Channel] = [
    .slack(addressFile: "/run/secrets/slack_webhook_url"), .page(addressFile: "/run/secrets/page_webhook_url"),
  ]

  private static func grafana(_ monitoring: MonitoringFiles) throws -> [RenderedFile] {
    let datasources = Datasources(stack: .committed)
    let folder = "Sources/Monitoring/Render/Grafana"
    let source = "\(folder)/Datasources.swift"
    let files = [
      try monitoring.file(
        "grafana/provisioning/datasources/prometheus.yml", datasources.prometheus(), from: source),
      try monitoring.file("grafana/provisioning/datasources/loki.yml", datasources.loki(), from: source),
      try monitoring.file(
        "grafana/provisioning/dashboards/minimarket.yml", Provisioning().dashboards(),
        from: "\(folder)/Provisioning.swift"),
    ]
    return try files
      + Dashboards.all.map {
        let name = $0.uid.hasPrefix("minimarket-") ? String($0.uid.dropFirst("minimarket-".count)) : $0.uid
        return RenderedFile(
          path: "grafana/dashboards/\(name).json",
          contents: try DashboardJSON(dashboard: $0, stack: .committed).json().rendered)
      }
  }

  private static func runbooks() throws -> RenderedFile {
    let document = try RespondingToAlerts.document(for: .committed)
    return RenderedFile(
      path: "observability/runbooks/RESPONDING_TO_ALERTS.md",
      contents: MarkdownDocument(document: document).text(
        header: Generated.header(from: "Sources/Monitoring/Alerts, en la sección runbook de cada alerta")))
  }

  private static func inObservability(_ file: RenderedFile) -> RenderedFile {
    RenderedFile(path: "observability/\(file.path)", contents: file.contents, isSecret: file.isSecret)
  }
}
