import Grafana
import PromQL

/// The part of a panel that its plugin reads (grafana/grafana `public/app/plugins/panel/*/panelcfg.cue`).
struct PanelOptions {
  let panel: Panel

  /// The plugin's identifier.
  var type: String {
    switch panel.style {
    case .stat: "stat"
    case .gauge: "gauge"
    case .barGauge: "bargauge"
    case .pieChart: "piechart"
    case .table: "table"
    case .timeSeries, .stackedAreas, .bars: "timeseries"
    case .stateTimeline: "state-timeline"
    case .logs: "logs"
    case .text: "text"
    }
  }

  var json: JSON {
    switch panel.style {
    case .stat: Self.stat
    case .gauge: Self.gauge
    case .barGauge: Self.barGauge
    case .pieChart: Self.pieChart
    case .table: ["showHeader": true, "cellHeight": "sm", "frameIndex": 0, "sortBy": []]
    case .timeSeries, .stackedAreas, .bars: ["legend": Self.legend(isTable: true), "tooltip": Self.tooltip]
    case .stateTimeline: Self.stateTimeline
    case .logs: Self.logs
    case .text(let markdown): ["mode": "markdown", "content": .text(markdown)]
    }
  }

  /// Of a table: its columns in this order, under these titles.
  static func arrangement(of columns: [Panel.Column]) -> JSON {
    let names = columns.map { column in
      switch column {
      case .label(let label, _): label.text
      case .value: "Value"
      }
    }
    let order = names.enumerated().map { JSON.Entry(key: $0.element, value: .number(Double($0.offset))) }
    let titles = zip(names, columns).map { JSON.Entry(key: $0, value: .text($1.title)) }
    let hidden = ["Time"] + (names.contains("Value") ? [] : ["Value"])
    return [
      "id": "organize",
      "options": [
        "excludeByName": .object(hidden.map { .init(key: $0, value: true) }), "indexByName": .object(order),
        "renameByName": .object(titles),
      ],
    ]
  }

  private static let newest: JSON = ["calcs": ["lastNotNull"], "fields": "", "values": false]
  private static let tooltip: JSON = ["mode": "multi", "sort": "desc", "hideZeros": false]

  private static func legend(isTable: Bool) -> JSON {
    [
      "showLegend": true, "displayMode": isTable ? "table" : "list", "placement": "bottom",
      "calcs": isTable ? ["lastNotNull", "max"] : [],
    ]
  }

  private static let stat: JSON = [
    "reduceOptions": newest, "orientation": "auto", "textMode": "auto", "colorMode": "background",
    "graphMode": "none", "justifyMode": "auto", "wideLayout": true, "showPercentChange": false,
    "percentChangeColorMode": "standard",
  ]

  private static let gauge: JSON = [
    "reduceOptions": newest, "orientation": "auto", "showThresholdLabels": false, "showThresholdMarkers": true,
    "sizing": "auto", "minVizWidth": 75, "minVizHeight": 75,
  ]

  private static let barGauge: JSON = [
    "reduceOptions": newest, "orientation": "horizontal", "displayMode": "basic", "valueMode": "color",
    "namePlacement": "auto", "showUnfilled": true, "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16,
    "maxVizHeight": 300, "legend": ["showLegend": false, "displayMode": "list", "placement": "bottom", "calcs": []],
  ]

  private static let pieChart: JSON = [
    "reduceOptions": newest, "pieType": "donut", "displayLabels": ["percent"],
    "legend": [
      "showLegend": true, "displayMode": "table", "placement": "right", "calcs": [], "values": ["value", "percent"],
    ],
    "tooltip": ["mode": "single", "sort": "none", "hideZeros": false],
  ]

  private static let stateTimeline: JSON = [
    "mergeValues": true, "showValue": "never", "alignValue": "left", "rowHeight": .number(0.9), "perPage": 20,
    "legend": legend(isTable: false), "tooltip": ["mode": "single", "sort": "none", "hideZeros": false],
  ]

  private static let logs: JSON = [
    "showTime": true, "showLabels": false, "showCommonLabels": false, "wrapLogMessage": true,
    "prettifyLogMessage": false, "enableLogDetails": true, "showLogContextToggle": true, "dedupStrategy": "none",
    "sortOrder": "Descending", "enableInfiniteScrolling": true,
  ]
}
