import PromQL
import Topology

/// One picture of one question.
package struct Panel: Sendable {
  /// Unique in its dashboard, and kept for ever: links to a panel and diffs of the JSON rest on it.
  package let id: Int
  package let title: String
  /// What it shows, and when to worry.
  package let description: String
  /// Its row gives it the corner; width and height are its own.
  package internal(set) var place: Place
  package let style: Style
  package let unit: DisplayUnit
  /// Digits after the point; Grafana's choice where nil.
  package let decimals: Int?
  /// What the scale has at least.
  package let scale: ClosedRange<Double>?
  /// Below the first threshold.
  package let baseColor: Color
  package let thresholds: [Threshold]
  package let mappings: [ValueMapping]
  package let queries: [Query]
  /// Of the style `logs`.
  package let logs: LogQuery?
  /// Whose sections of the runbook it links to, beside those of the thresholds.
  package let alerts: [AlertReference]
  /// Its series lead to the logs of the process that their `job` names.
  package let linksToLogs: Bool
  /// The service without which it has no data; nil: it has data on every running platform.
  package let waitsFor: PlannedService?

  package init(
    id: Int, _ title: String, description: String, width: Int = 12, height: Int = 8, _ style: Style, unit: DisplayUnit,
    decimals: Int? = nil, scale: ClosedRange<Double>? = nil, base: Color = .green, thresholds: [Threshold] = [],
    mappings: [ValueMapping] = [], queries: [Query] = [], logs: LogQuery? = nil, alerts: [AlertReference] = [],
    linksToLogs: Bool = false, waitsFor: PlannedService? = nil
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.place = Place(x: 0, y: 0, width: width, height: height)
    self.style = style
    self.unit = unit
    self.decimals = decimals
    self.scale = scale
    self.baseColor = base
    self.thresholds = thresholds
    self.mappings = mappings
    self.queries = queries
    self.logs = logs
    var named = thresholds.compactMap(\.alert)
    for alert in alerts where !named.contains(alert) { named.append(alert) }
    self.alerts = named.enumerated().filter { named.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    self.linksToLogs = linksToLogs
    self.waitsFor = waitsFor
  }

  /// On Grafana's grid.
  package struct Place: Sendable, Hashable {
    package static let columns = 24
    package let x, y, width, height: Int
    package init(x: Int, y: Int, width: Int, height: Int) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
  }

  package enum Style: Sendable {
    /// The newest value, large, one tile a series.
    case stat
    /// The newest value on a dial; `scale` gives its ends.
    case gauge
    /// The newest values as bars, one a series.
    case barGauge
    /// The newest values as shares of a whole.
    case pieChart
    /// The newest value of each series as a line of text.
    case table([Column])
    case timeSeries
    /// Lines on top of one another: parts of a whole.
    case stackedAreas
    /// What fell into each interval.
    case bars
    /// Which state each series was in.
    case stateTimeline
    /// Lines of `logs`, the newest first.
    case logs
    /// Markdown.
    case text(String)

    /// Whether it shows how values came to be, not only the newest.
    package var isOverTime: Bool {
      switch self {
      case .timeSeries, .stackedAreas, .bars, .stateTimeline: true
      case .stat, .gauge, .barGauge, .pieChart, .table, .logs, .text: false
      }
    }
  }

  /// Of a table: a label of the series, or its value.
  package enum Column: Sendable, Hashable {
    case label(LabelName, title: String)
    case value(title: String)

    package var title: String {
      switch self {
      case .label(_, let title), .value(let title): title
      }
    }
  }
}
