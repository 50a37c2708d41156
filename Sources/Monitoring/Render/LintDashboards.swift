import Alerts
import Catalog
import Grafana
import MetricModel
import PromQL

/// Dashboards as Grafana's own linter reads them (https://github.com/grafana/dashboard-linter), and what only we can
/// know: which labels a series has, and what an alert compares with.
///
/// Taken from there: panel-title-description, panel-units, panel-no-targets, target-rate-interval, target-counter-agg,
/// target-job and target-instance (as: what several jobs export is narrowed by job). By construction:
/// uneditable-dashboard, template-on-time-change-reload, template-label-promql (typed, and read by a real Prometheus).
/// Not taken: template-datasource and panel-datasource, since a stack has one Prometheus and one Loki under fixed uids,
/// which links and provisioning name too; target-logql, since nothing here reads LogQL.
extension Linter {
  static func problems(of dashboard: Dashboard, alerts: [Alert]) -> [String] {
    let identifiers = dashboard.rows.map(\.id) + dashboard.panels.map(\.id)
    var found = repeated(identifiers.map { String($0) }, "is the id of two panels")
    found += repeated(dashboard.panels.map(\.title), "is the title of two panels")
    for row in dashboard.rows { found += gaps(in: row) }
    for panel in dashboard.panels {
      found += problems(of: panel, alerts: alerts).map { "panel \(panel.id): \($0)" }
    }
    return (found + variables(of: dashboard)).map { "\(dashboard.file): \(dashboard.uid): \($0)" }
  }

  private static func gaps(in row: Row) -> [String] {
    if row.panels.isEmpty { return ["row \(row.id) has no panel"] }
    return row.lines.compactMap { line in
      let width = line.map(\.place.width).reduce(0, +)
      let ids = line.map { String($0.id) }.joined(separator: ", ")
      if width != Panel.Place.columns {
        return "the line of panel \(ids) is \(width) of \(Panel.Place.columns) columns wide"
      }
      return Set(line.map(\.place.height)).count > 1 ? "the line of panel \(ids) has panels of unlike height" : nil
    }
  }

  private static func problems(of panel: Panel, alerts: [Alert]) -> [String] {
    var found = panel.queries.flatMap(\.expression.problems)
    if panel.title.isEmpty { found.append("has no title") }
    if panel.description.isEmpty { found.append("has no description") }
    switch panel.style {
    case .text(let markdown): if markdown.isEmpty { found.append("says nothing") }
    case .logs: if panel.logs == nil { found.append("asks Loki nothing") }
    case .table(let columns): found += problems(of: columns, in: panel)
    default:
      if panel.unit == .none, panel.mappings.isEmpty { found.append("has neither a unit nor words for its values") }
    }
    let asksPrometheus =
      switch panel.style {
      case .text, .logs: false
      default: true
      }
    if panel.queries.isEmpty == asksPrometheus { found.append(asksPrometheus ? "asks nothing" : "asks Prometheus") }
    if zip(panel.thresholds, panel.thresholds.dropFirst()).contains(where: { $0.from >= $1.from }) {
      found.append("its thresholds do not increase")
    }
    found += panel.thresholds.compactMap { problem(of: $0, alerts: alerts) }
    found += panel.alerts.filter { named in !alerts.contains { $0.name == named.rawValue } }.map {
      "there is no alert \($0.rawValue)"
    }
    return found + panel.queries.flatMap { problems(of: $0, in: panel) }
  }

  /// A colour that changes where an alert does changes exactly there.
  private static func problem(of threshold: Threshold, alerts: [Alert]) -> String? {
    guard let reference = threshold.alert, let objective = threshold.objective,
      let alert = alerts.first(where: { $0.name == reference.rawValue })
    else { return nil }
    let compared = alert.expression.node.subtree.contains { node in
      if case .binary(let operation, _, .number(objective), _) = node { operation.isComparison } else { false }
    }
    return compared ? nil : "\(objective) is no threshold of \(alert.name)"
  }

  private static func problems(of columns: [Panel.Column], in panel: Panel) -> [String] {
    let shown = Set(columns.compactMap { if case .label(let label, _) = $0 { label.text } else { nil } })
    var found = panel.queries.count > 1 ? ["a table asks one question"] : []
    for query in panel.queries where query.expression.dimensions.names != shown {
      found.append(
        "its columns are {\(shown.sorted().joined(separator: ", "))}, and its series have \(query.expression.dimensions.text)"
      )
    }
    return found
  }
}

// MARK: Queries

extension Linter {
  private static func problems(of query: Query, in panel: Panel) -> [String] {
    let expression = query.expression
    var found: [String] = []
    if case .table = panel.style {
    } else {
      let named = query.legend.labels.map(\.text)
      if let missing = expression.dimensions.firstMissing(of: named) {
        found.append("its legend names \(missing): the series have \(expression.dimensions.text)")
      }
      found += expression.dimensions.names.subtracting(named).sorted().map {
        "its legend leaves out \($0), so that two series have one name"
      }
    }
    if panel.linksToLogs, let missing = expression.dimensions.firstMissing(of: [JobLabel.labelName]) {
      found.append("links to the logs of a \(missing): the series have \(expression.dimensions.text)")
    }
    if case .aggregation(.topk, _, _, _) = expression.node {
    } else {
      found += manyValued.intersection(expression.dimensions.names).sorted().map {
        "one series a \($0) is too many: take the topk"
      }
    }
    return found + ranges(in: expression.node) + counters(in: expression.node) + jobs(in: expression.node)
  }

  /// Labels with as many values as the code has routes and statements, or the machine control groups.
  private static let manyValued: Set<String> = [
    RouteLabel.labelName, StatementLabel.labelName, PG.QueryID.labelName, PG.QueryText.labelName,
    PG.RelationName.labelName, "id",
  ]

  /// A rate over a fixed window has holes where the panel shows days, and is coarse where it shows minutes.
  private static func ranges(in node: Node) -> [String] {
    node.subtree.compactMap { node in
      guard case .call("rate", let arguments) = node, case .range(_, let window)? = arguments.first,
        window != .rateInterval
      else { return nil }
      return "\(node.text): write rate over $__rate_interval"
    }
  }

  /// The value of a counter is how long its process lives; how many there are says something all the same.
  private static func counters(in node: Node) -> [String] {
    let counted = node.subtree.compactMap { node in
      if case .aggregation(.count, let inner, _, _) = node { inner } else { nil }
    }
    return node.subtree.filter { !counted.contains($0) }.compactMap { node in
      guard case .selector(let selector) = node, selector.family.kind == .counter || !selector.suffix.isEmpty
      else { return nil }
      return "\(node.text) is a counter: take its rate or increase"
    }
  }

  private static func jobs(in node: Node) -> [String] {
    node.selectors.filter { selector in
      shared.contains(selector.family) && !selector.matchers.contains { $0.label == JobLabel.labelName }
    }.map { "\($0.family.name) is exported by several jobs: say of which" }
  }

  private static let shared = Set(
    HTTP.all + Process.all + Logs.all + Pool.all + Runtime.all + [Prometheus.up.descriptor])
}

// MARK: Variables

extension Linter {
  /// Declared ⇔ used.
  private static func variables(of dashboard: Dashboard) -> [String] {
    var used = dashboard.panels.flatMap(\.queries).reduce(into: Set<String>()) {
      $0.formUnion($1.expression.node.templates)
    }
    used.formUnion(dashboard.panels.compactMap(\.logs).flatMap(\.matchers).filter(\.isTemplate).map(\.value))
    let elsewhere = (dashboard.annotations.map(\.expression) + dashboard.variables.map(\.source)).reduce(
      into: Set<String>()
    ) { $0.formUnion($1.node.templates) }
    let declared = dashboard.variables.map { "$\($0.name)" }
    let builtIn: Set = [Window.rateInterval.text, Window.dashboardRange.text]
    return repeated(declared, "is declared twice")
      + declared.filter { !used.contains($0) }.map { "\($0) is declared, and no panel uses it" }
      + used.union(elsewhere).subtracting(builtIn).subtracting(declared).sorted().map {
        "\($0) is used, and not declared"
      }
  }
}
