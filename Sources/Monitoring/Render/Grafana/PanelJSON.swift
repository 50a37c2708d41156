import Grafana
import PromQL

/// A panel in Grafana's classic JSON; what depends on its style is in `PanelOptions` and `FieldConfiguration`.
struct PanelJSON {
  let panel: Panel

  static let prometheus: JSON = ["type": "prometheus", "uid": .text(Dashboard.prometheusUID)]
  static let loki: JSON = ["type": "loki", "uid": .text(Dashboard.lokiUID)]

  func json() throws -> JSON {
    let options = PanelOptions(panel: panel)
    var entries: [JSON.Entry] = [
      .init(key: "id", value: .number(Double(panel.id))),
      .init(key: "type", value: .text(options.type)),
      .init(key: "title", value: .text(panel.title)),
      .init(key: "description", value: .text(panel.description)),
      .init(key: "gridPos", value: Self.gridPosition(panel.place)),
      .init(key: "links", value: .list(panel.alerts.map(runbook))),
      .init(key: "fieldConfig", value: try FieldConfiguration(panel: panel).json()),
      .init(key: "options", value: options.json),
    ]
    if let datasource {
      entries.append(.init(key: "datasource", value: datasource))
      entries.append(.init(key: "targets", value: .list(try targets())))
    }
    if case .table(let columns) = panel.style {
      entries.append(.init(key: "transformations", value: [PanelOptions.arrangement(of: columns)]))
    }
    return .object(entries)
  }

  static func gridPosition(_ place: Panel.Place) -> JSON {
    [
      "h": .number(Double(place.height)), "w": .number(Double(place.width)), "x": .number(Double(place.x)),
      "y": .number(Double(place.y)),
    ]
  }

  /// nil where nobody is asked.
  private var datasource: JSON? {
    switch panel.style {
    case .text: nil
    case .logs: Self.loki
    default: Self.prometheus
    }
  }

  private func runbook(_ alert: AlertReference) -> JSON {
    [
      "title": .text("Runbook: \(alert.rawValue)"), "url": .text("${\(VariableJSON.runbooks)}#\(alert.rawValue)"),
      "targetBlank": true,
    ]
  }

  private func targets() throws -> [JSON] {
    if let logs = panel.logs {
      return [
        [
          "refId": "A", "datasource": Self.loki, "editorMode": "code", "expr": .text(logs.text),
          "queryType": "range", "direction": "backward",
        ]
      ]
    }
    return try zip(QueryReference.all, panel.queries).map { try target($1, reference: $0) }
  }

  private func target(_ query: Query, reference: String) throws -> JSON {
    let isTable = if case .table = panel.style { true } else { false }
    return [
      "refId": .text(reference), "datasource": Self.prometheus, "editorMode": "code",
      "expr": .text(try query.expression.rendered()), "legendFormat": .text(query.legend.format),
      "format": isTable ? "table" : "time_series", "exemplar": .flag(query.showsExemplars),
      "instant": .flag(!panel.style.isOverTime), "range": .flag(panel.style.isOverTime),
    ]
  }
}

/// The letters that Grafana gives to the queries of a panel.
enum QueryReference {
  static let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }
}
