import Grafana
import PromQL

/// A panel in Grafana's classic JSON.
struct PanelJSON {
  let panel: Panel

  private static let datasource: JSON = ["type": "prometheus", "uid": .text(Dashboard.prometheusUID)]

  func json() throws -> JSON {
    [
      "id": .number(Double(panel.id)),
      "type": .text(type),
      "title": .text(panel.title),
      "description": .text(panel.description),
      "datasource": Self.datasource,
      "gridPos": [
        "h": .number(Double(panel.place.height)), "w": .number(Double(panel.place.width)),
        "x": .number(Double(panel.place.x)), "y": .number(Double(panel.place.y)),
      ],
      "fieldConfig": ["defaults": fieldDefaults, "overrides": []],
      "options": options,
      "targets": .list(try zip(Self.references, panel.queries).map { try target($1, reference: $0) }),
    ]
  }

  private static let references = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }

  private var type: String {
    switch panel.style {
    case .stat: "stat"
    case .timeSeries: "timeseries"
    }
  }

  private func target(_ query: Query, reference: String) throws -> JSON {
    let isInstant = panel.style == .stat
    return [
      "refId": .text(reference), "datasource": Self.datasource, "editorMode": "code",
      "expr": .text(try query.expression.rendered()), "legendFormat": .text(query.legend.format),
      "instant": .flag(isInstant), "range": .flag(!isInstant),
    ]
  }

  private var fieldDefaults: JSON {
    let base: JSON = ["color": .text(Color.green.rawValue), "value": nil]
    let steps = panel.thresholds.map { ["color": .text($0.color.rawValue), "value": .number($0.from)] as JSON }
    let common: [JSON.Entry] = [
      .init(key: "unit", value: .text(panel.unit.rawValue)),
      .init(key: "color", value: ["mode": panel.style == .stat ? "thresholds" : "palette-classic"]),
      .init(key: "mappings", value: panel.mappings.isEmpty ? [] : [mappings]),
      .init(key: "thresholds", value: ["mode": "absolute", "steps": .list([base] + steps)]),
    ]
    return .object(panel.style == .stat ? common : common + lines)
  }

  private var lines: [JSON.Entry] {
    [
      .init(key: "min", value: 0),
      .init(
        key: "custom",
        value: [
          "drawStyle": "line", "lineWidth": 2, "fillOpacity": 10, "showPoints": "never", "spanNulls": false,
          "thresholdsStyle": ["mode": panel.thresholds.isEmpty ? "off" : "dashed"],
        ]),
    ]
  }

  private var mappings: JSON {
    let options = panel.mappings.enumerated().map { index, mapping in
      JSON.Entry(
        key: String(mapping.value),
        value: [
          "text": .text(mapping.text), "color": .text(mapping.color.rawValue), "index": .number(Double(index)),
        ])
    }
    return ["type": "value", "options": .object(options)]
  }

  private var options: JSON {
    switch panel.style {
    case .stat:
      [
        "reduceOptions": ["calcs": ["lastNotNull"], "fields": "", "values": false], "orientation": "auto",
        "textMode": "value_and_name", "colorMode": "background", "graphMode": "none", "justifyMode": "auto",
        "wideLayout": true, "showPercentChange": false, "percentChangeColorMode": "standard",
      ]
    case .timeSeries:
      [
        "legend": ["showLegend": true, "displayMode": "list", "placement": "bottom", "calcs": []],
        "tooltip": ["mode": "multi", "sort": "desc", "hideZeros": false],
      ]
    }
  }
}
