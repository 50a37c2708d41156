import Grafana
import PromQL
import Topology

/// A dashboard in Grafana's classic JSON (grafana/grafana `kinds/dashboard/dashboard_kind.cue`).
struct DashboardJSON {
  let dashboard: Dashboard
  let stack: Stack

  /// Of Grafana 12 and 13; an older one is migrated, a newer one reads it
  /// (grafana/grafana `apps/dashboard/pkg/migration/schemaversion`).
  static let schemaVersion = 42

  func json() throws -> JSON {
    [
      "id": nil,
      "uid": .text(dashboard.uid),
      "title": .text(dashboard.title),
      "description": .text(dashboard.description),
      "tags": .list(dashboard.tags.map { .text($0) }),
      "schemaVersion": .number(Double(Self.schemaVersion)),
      "version": 1,
      "editable": false,
      "timezone": .text(Dashboard.timeZone),
      "weekStart": "monday",
      "fiscalYearStartMonth": 0,
      "graphTooltip": 1,
      "preload": false,
      "refresh": "30s",
      "time": ["from": "now-6h", "to": "now"],
      "timepicker": [:],
      "annotations": [
        "list": .list(try [AnnotationJSON.builtIn] + dashboard.annotations.map { try AnnotationJSON.json($0) })
      ],
      "links": [Self.otherDashboards],
      "templating": ["list": .list(try variables())],
      "panels": .list(try dashboard.rows.flatMap { try [row($0)] + $0.panels.map { try PanelJSON(panel: $0).json() } }),
    ]
  }

  /// In the bar above the panels; the time and the variables come along.
  private static let otherDashboards: JSON = [
    "type": "dashboards", "tags": [.text(Dashboard.tag)], "title": "MiniMarket", "asDropdown": false,
    "includeVars": true, "keepTime": true, "targetBlank": false, "icon": "external link", "tooltip": "", "url": "",
  ]

  private func variables() throws -> [JSON] {
    let asked = try dashboard.variables.map { try VariableJSON.query($0) }
    let hasRunbooks = dashboard.panels.contains { !$0.alerts.isEmpty }
    return asked + (hasRunbooks ? [VariableJSON.constant(VariableJSON.runbooks, "\(stack.publicURL)/runbooks/")] : [])
  }

  private func row(_ row: Row) -> JSON {
    [
      "id": .number(Double(row.id)), "type": "row", "title": .text(row.title), "collapsed": false, "panels": [],
      "gridPos": PanelJSON.gridPosition(row.place),
    ]
  }
}

/// What happened, as Grafana asks Prometheus for it
/// (grafana/grafana `packages/grafana-prometheus/src/annotations.ts`).
enum AnnotationJSON {
  static let builtIn: JSON = [
    "builtIn": 1, "datasource": ["type": "grafana", "uid": "-- Grafana --"], "enable": true, "hide": true,
    "iconColor": "rgba(0, 211, 255, 1)", "name": "Annotations & Alerts", "type": "dashboard",
  ]

  static func json(_ annotation: Annotation) throws -> JSON {
    let isAtValue = if case .atItsValue = annotation.time { true } else { false }
    return [
      "name": .text(annotation.name), "datasource": PanelJSON.prometheus, "enable": true, "hide": false,
      "iconColor": .text(annotation.color.rawValue),
      "target": [
        "refId": "Anno", "datasource": PanelJSON.prometheus, "expr": .text(try annotation.expression.rendered()),
        "interval": "", "legendFormat": "", "range": true, "instant": false,
      ],
      "titleFormat": .text(annotation.title.format), "textFormat": .text(annotation.text.format),
      "tagKeys": .text(annotation.tags.map(\.text).joined(separator: ",")), "useValueForTime": .flag(isAtValue),
    ]
  }
}

/// A variable of a dashboard.
enum VariableJSON {
  /// Base of the links to the runbook: once a dashboard, so that another address is one line of difference.
  static let runbooks = "runbooks"

  static func query(_ variable: DashboardVariable) throws -> JSON {
    let definition = try variable.definition()
    return [
      "type": "query", "name": .text(variable.name), "label": .text(variable.title),
      "description": .text(variable.description), "datasource": PanelJSON.prometheus,
      "definition": .text(definition),
      // 1: PrometheusVariableQueryType.LabelValues.
      "query": ["qryType": 1, "query": .text(definition), "refId": "PrometheusVariableQueryEditor-VariableQuery"],
      // 2: also when the time range changes, so that a process that is gone can still be chosen. 1: by the alphabet.
      "refresh": 2, "sort": 1, "regex": "", "multi": true, "includeAll": true, "allowCustomValue": false, "hide": 0,
      "skipUrlSync": false, "options": [], "current": ["text": ["All"], "value": ["$__all"]],
    ]
  }

  static func constant(_ name: String, _ value: String) -> JSON {
    [
      "type": "constant", "name": .text(name), "query": .text(value), "hide": 2, "skipUrlSync": true,
      "current": ["selected": true, "text": .text(value), "value": .text(value)],
    ]
  }
}
