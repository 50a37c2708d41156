import Foundation
import Grafana
import Render
import Testing

/// Where a panel leads: to the runbook, to the logs of a series, to the request of an exemplar.
struct DashboardLinkTests {
  private let written = WrittenDashboards.self

  @Test func panelsLinkToTheRunbooksOfTheirAlerts() throws {
    let overview = try written.dashboard("minimarket-system-overview")
    let errors = try #require(overview.panels.first { $0.title == "Errores %" })
    #expect(errors.links?.map(\.url) == ["${runbooks}#HighErrorRate"])
    let base = try #require(overview.templating.list.first { $0.name == "runbooks" })
    #expect(base.type == "constant" && base.current.value.all == ["http://localhost/runbooks/"])
  }

  @Test func seriesLinkToTheirLogsAtTheSameTime() throws {
    let overview = try written.dashboard("minimarket-system-overview")
    let errors = try #require(overview.panels.first { $0.title == "Errores %" })
    let link = try #require(errors.fieldConfig?.defaults.links?.first)
    // What Grafana puts in before the browser opens it.
    let filled = link.url.replacing("${__field.labels.job}", with: "agente_deposito")
      .replacing("${__from}", with: "1000").replacing("${__to}", with: "2000")
    let parts = try #require(URLComponents(string: filled))
    #expect(parts.path == "/explore" && parts.queryItems?.first { $0.name == "schemaVersion" }?.value == "1")
    let panes = try #require(parts.queryItems?.first { $0.name == "panes" }?.value)
    let read = try JSONDecoder().decode([String: Pane].self, from: Data(panes.utf8))
    let pane = try #require(read["logs"])
    #expect(pane.datasource == "loki" && pane.range == .init(from: "1000", to: "2000"))
    #expect(pane.queries.map(\.expr) == [#"{job="agente_deposito"}"#])
  }

  private struct Pane: Decodable {
    struct Query: Decodable { let refId, expr: String }
    struct Range: Decodable, Equatable { let from, to: String }
    let datasource: String
    let queries: [Query]
    let range: Range
  }

  @Test func exemplarsLeadToTheirRequest() throws {
    let overview = try written.dashboard("minimarket-system-overview")
    let latency = try #require(overview.panels.first { $0.title == "Latencia P50, P95 y P99" })
    // One target in the histogram's own unit; what is recorded has no exemplars.
    #expect(latency.targets?.map(\.exemplar) == [false, false, false, true])
    let path = "observability/grafana/provisioning/datasources/prometheus.yml"
    let text = try #require(try Committed.files().first { $0.path == path }).contents
    #expect(text.contains("exemplarTraceIdDestinations:") && text.contains("name: trace_id"))
  }

  @Test func logsOfErrorsAreThoseOfTheChosenProcesses() throws {
    let overview = try written.dashboard("minimarket-system-overview")
    let logs = try #require(overview.panels.first { $0.type == "logs" })
    #expect(
      logs.targets?.map(\.expr) == [#"{job=~"$servicio", level=~"error|critical"}"#])
  }

  @Test func aTableShowsItsColumnsInOrder() throws {
    let overview = try written.dashboard("minimarket-system-overview")
    let table = try #require(overview.panels.first { $0.type == "table" })
    let options = try #require(table.transformations?.first?.options)
    #expect(options.indexByName == ["alertname": 0, "severity": 1, "service": 2, "alertstate": 3])
    #expect(options.excludeByName == ["Time": true, "Value": true])
    #expect(table.targets?.map(\.format) == ["table"])
  }
}
