import Alerts
import Catalog
import Grafana
import MetricModel
import PromQL
import Render
import Testing
import Topology

/// Each rule about dashboards can say no, to a dashboard that is sound but for it.
struct LintDashboardTests {
  private static func panel(
    _ id: Int = 1, title: String? = nil, description: String = "d", width: Int = 24, height: Int = 8,
    as style: Panel.Style = .timeSeries, unit: DisplayUnit = .percent, thresholds: [Threshold] = [],
    queries: [Query]? = nil, logs: LogQuery? = nil, alerts: [AlertReference] = [], linksToLogs: Bool = false
  ) -> Panel {
    Panel(
      id: id, title ?? "t\(id)", description: description, width: width, height: height, style, unit: unit,
      thresholds: thresholds, queries: queries ?? [Query(max(PG.up, by: .job), legend: .label(.job))], logs: logs,
      alerts: alerts, linksToLogs: linksToLogs)
  }

  /// What the linter has against a dashboard of these panels, beside what it has against everything else.
  private static func problems(_ panels: [Panel], variables: [DashboardVariable] = []) -> [String] {
    let dashboard = Dashboard(
      uid: "u", title: "t", description: "d", variables: variables, rows: [Row(id: 100, "r", panels)])
    let before = Set(Linter.problems())
    let prefix = "\(dashboard.file): u: "
    return Linter.problems(dashboards: Dashboards.all + [dashboard]).filter { !before.contains($0) }.map {
      $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0
    }
  }

  private static func problems(asking queries: Query...) -> [String] { problems([panel(queries: queries)]) }

  @Test func aSoundDashboardPasses() {
    #expect(Self.problems([Self.panel(1, width: 12), Self.panel(2, width: 12), Self.panel(3)]) == [])
  }

  @Test func identifiersAndTitlesAreUnique() {
    let twice = [Self.panel(1, title: "a", width: 12), Self.panel(1, title: "b", width: 12)]
    #expect(Self.problems(twice) == ["1 is the id of two panels"])
    #expect(Self.problems([Self.panel(100)]) == ["100 is the id of two panels"])
    let namesakes = [Self.panel(1, title: "a", width: 12), Self.panel(2, title: "a", width: 12)]
    #expect(Self.problems(namesakes) == ["a is the title of two panels"])
  }

  @Test func theGridHasNoGaps() {
    #expect(Self.problems([Self.panel(width: 12)]) == ["the line of panel 1 is 12 of 24 columns wide"])
    #expect(Self.problems([Self.panel(width: 25)]) == ["the line of panel 1 is 25 of 24 columns wide"])
    let uneven = [Self.panel(1, width: 12, height: 8), Self.panel(2, width: 12, height: 7)]
    #expect(Self.problems(uneven) == ["the line of panel 1, 2 has panels of unlike height"])
    #expect(Self.problems([]) == ["row 100 has no panel"])
  }

  @Test func panelsSayWhatTheyShow() {
    #expect(Self.problems([Self.panel(title: "")]) == ["panel 1: has no title"])
    #expect(Self.problems([Self.panel(description: "")]) == ["panel 1: has no description"])
    #expect(
      Self.problems([Self.panel(unit: .none)]) == ["panel 1: has neither a unit nor words for its values"])
    #expect(Self.problems([Self.panel(queries: [])]) == ["panel 1: asks nothing"])
    #expect(Self.problems([Self.panel(as: .text(""), unit: .none, queries: [])]) == ["panel 1: says nothing"])
    #expect(Self.problems([Self.panel(as: .text("a"), unit: .none)]) == ["panel 1: asks Prometheus"])
    #expect(Self.problems([Self.panel(as: .logs, unit: .none, queries: [])]) == ["panel 1: asks Loki nothing"])
  }

  @Test func thresholdsAreThoseOfTheAlerts() {
    let falling = [Threshold(from: 2, .red), Threshold(from: 1, .yellow)]
    #expect(Self.problems([Self.panel(thresholds: falling)]) == ["panel 1: its thresholds do not increase"])
    let own = Threshold(.highErrorRate, at: Objectives.errorRatioCritical, times: 100, .red)
    #expect(own.from == 5)
    #expect(Self.problems([Self.panel(thresholds: [own])]) == [])
    let other = Threshold(.highErrorRate, at: 0.06, times: 100, .red)
    #expect(Self.problems([Self.panel(thresholds: [other])]) == ["panel 1: 0.06 is no threshold of HighErrorRate"])
  }

  @Test func alertsExist() {
    let dashboard = Dashboard(
      uid: "u", title: "t", description: "d", rows: [Row(id: 100, "r", [Self.panel(alerts: [.serviceDown])])])
    let without = Linter.problems(
      alerts: Alerts.all.filter { $0.name != "ServiceDown" }, dashboards: Dashboards.all + [dashboard])
    #expect(without.contains("\(dashboard.file): u: panel 1: there is no alert ServiceDown"))
    #expect(Self.problems([Self.panel(alerts: [.serviceDown])]) == [])
  }

  @Test func legendsTellSeriesApart() {
    #expect(
      Self.problems(asking: Query(max(PG.up, by: .job), legend: "\(.job) \(.instance)")) == [
        "panel 1: its legend names instance: the series have {job}"
      ])
    #expect(
      Self.problems(asking: Query(PG.up, legend: .label(.job))) == [
        "panel 1: its legend leaves out instance, so that two series have one name"
      ])
    #expect(
      Self.problems([Self.panel(queries: [Query(max(PG.up), legend: "x")], linksToLogs: true)]) == [
        "panel 1: links to the logs of a job: the series have {}"
      ])
  }

  @Test func tablesShowEveryLabel() {
    let columns: [Panel.Column] = [.label(.job, title: "j"), .value(title: "v")]
    #expect(Self.problems([Self.panel(as: .table(columns))]) == [])
    let query = Query(PG.up, legend: "")
    #expect(
      Self.problems([Self.panel(as: .table(columns), queries: [query])]) == [
        "panel 1: its columns are {job}, and its series have {instance, job}"
      ])
    let two = [Query(max(PG.up, by: .job), legend: ""), Query(max(PG.up, by: .job), legend: "")]
    #expect(Self.problems([Self.panel(as: .table(columns), queries: two)]) == ["panel 1: a table asks one question"])
  }

  @Test func countersAreNeverShownRaw() {
    let raw = sum(HTTP.requests(.job, .is(Job.deposito)), by: .job)
    #expect(
      Self.problems(asking: Query(raw, legend: .label(.job))) == [
        #"panel 1: http_requests_total{job="agente_deposito"} is a counter: take its rate or increase"#
      ])
    let number = count(HTTP.requests(.job, .is(Job.deposito)), by: .job)
    #expect(Self.problems(asking: Query(number, legend: .label(.job))) == [])
  }

  @Test func ratesFollowTheZoom() {
    let fixed = sum(rate(HTTP.requests(.job, .is(Job.deposito))[5.m]), by: .job)
    #expect(
      Self.problems(asking: Query(fixed, legend: .label(.job))) == [
        #"panel 1: rate(http_requests_total{job="agente_deposito"}[5m]): write rate over $__rate_interval"#
      ])
  }

  @Test func whatSeveralJobsExportIsNarrowed() {
    #expect(
      Self.problems(asking: Query(sum(rate(HTTP.requests[.rateInterval]), by: .job), legend: .label(.job))) == [
        "panel 1: http_requests_total is exported by several jobs: say of which"
      ])
  }

  @Test func manySeriesAreCutToAFew() {
    let route = LabelName(RouteLabel.self)
    let every = sum(rate(HTTP.requests(.job, .is(Job.deposito))[.rateInterval]), by: route)
    #expect(
      Self.problems(asking: Query(every, legend: .label(route))) == [
        "panel 1: one series a route is too many: take the topk"
      ])
    #expect(Self.problems(asking: Query(topk(5, every), legend: .label(route))) == [])
  }

  @Test func variablesAreDeclaredAndUsed() {
    let variable = TemplateVariable<JobLabel>("servicio")
    let declared = DashboardVariable(variable, "s", description: "d", valuesIn: PG.up)
    #expect(Self.problems([Self.panel()], variables: [declared]) == ["$servicio is declared, and no panel uses it"])
    let using = Query(max(PG.up(.job, .isOneOf(variable)), by: .job), legend: .label(.job))
    #expect(Self.problems([Self.panel(queries: [using])]) == ["$servicio is used, and not declared"])
    #expect(Self.problems([Self.panel(queries: [using])], variables: [declared]) == [])
    let logs = Self.panel(as: .logs, unit: .none, queries: [], logs: LogQuery(of: .isOneOf(variable)))
    #expect(Self.problems([logs], variables: [declared]) == [])
    #expect(
      Self.problems([Self.panel(queries: [using])], variables: [declared, declared]) == [
        "$servicio is declared twice"
      ])
  }
}
