import Grafana

/// A dashboard in Grafana's classic JSON.
struct DashboardJSON {
  let dashboard: Dashboard

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
      "annotations": ["list": [builtInAnnotations]],
      "links": [],
      "templating": ["list": []],
      "panels": .list(try dashboard.panels.map { try PanelJSON(panel: $0).json() }),
    ]
  }

  private var builtInAnnotations: JSON {
    [
      "builtIn": 1, "datasource": ["type": "grafana", "uid": "-- Grafana --"], "enable": true, "hide": true,
      "iconColor": "rgba(0, 211, 255, 1)", "name": "Annotations & Alerts", "type": "dashboard",
    ]
  }
}
