import Grafana
import PromQL

/// Brings the data of panels: the only part of a preview that waits for anybody.
package struct PanelReader: Sendable {
  let client: PrometheusClient
  package let range: ShownRange

  package init(_ client: PrometheusClient, range: ShownRange) {
    self.client = client
    self.range = range
  }

  /// - Parameter isOverTime: whether it wants a range; nil: as its style does.
  package func data(
    of panel: Panel, in dashboard: Dashboard, isOverTime: Bool? = nil
  ) async throws -> PanelData {
    var answers: [PanelData.Answer] = []
    for query in panel.queries {
      let expression = try range.expression(query, of: dashboard)
      let answer =
        isOverTime ?? panel.style.isOverTime
        ? try await client.values(expression, over: range) : try await client.newest(expression, at: range.end)
      answers.append(
        PanelData.Answer(query: query, expression: expression, series: answer.series, refusal: answer.refusal))
    }
    return PanelData(answers)
  }

  /// Every panel's data by its id.
  package func data(of dashboard: Dashboard) async throws -> [Int: PanelData] {
    var data: [Int: PanelData] = [:]
    for panel in dashboard.panels { data[panel.id] = try await self.data(of: panel, in: dashboard) }
    return data
  }
}
