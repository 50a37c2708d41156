import Alerts
import Catalog
import Grafana
import MetricModel
import PromQL
import Render
import Testing

/// The lists as lists: clean as they are, and each rule can say no.
struct LintTests {
  @Test func nothingIsWrong() {
    #expect(Linter.problems() == [])
  }

  @Test func everyMonitoredFamilyIsAskedFor() {
    let idle = Family<Gauge, NoLabels>("idle", "Nobody asks for it.")
    #expect(
      Linter.problems(catalogue: Catalog.all + [idle.descriptor]) == [
        "idle: marked as monitored, and no rule or panel asks for it"
      ])
  }

  @Test func everythingAskedForIsInTheCatalogue() {
    let known = Catalog.all.filter { $0.name != PG.up.name }
    #expect(Linter.problems(catalogue: known) == ["pg_up: asked for, and not in the catalogue"])
  }

  @Test func namesAndUidsAreUnique() {
    #expect(Linter.problems(alerts: Alerts.all + [Alerts.serviceDown]) == ["ServiceDown is the name of two alerts"])
    let twice = Dashboards.all + [Dashboards.systemOverview]
    #expect(Linter.problems(dashboards: twice) == ["minimarket-system-overview is the uid of two dashboards"])
    #expect(Linter.problems(catalogue: Catalog.all + [PG.up.descriptor]) == ["pg_up declared twice in the catalogue"])
  }

  @Test func badNamesAreFound() {
    let bad = FamilyDescriptor(name: "bad_count", help: "", kind: .counter, use: .notNeeded("a test"))
    #expect(Linter.problems(catalogue: Catalog.all + [bad]).count == 3)
  }

  @Test func panelsAreWhole() {
    func panel(_ id: Int, _ place: Panel.Place, unit: DisplayUnit = .percent, _ thresholds: [Threshold] = []) -> Panel {
      Panel(
        id: id, "t", description: "d", at: place, style: .timeSeries, unit: unit, thresholds: thresholds,
        queries: [Query(PG.up, legend: .label(.job))])
    }
    func problems(_ panels: [Panel]) -> [String] {
      let dashboard = Dashboard(uid: "u", title: "t", description: "d", tags: [], panels: panels)
      return Linter.problems(dashboards: Dashboards.all + [dashboard])
    }
    let place = Panel.Place(x: 0, y: 0, width: 12, height: 8)
    let beside = Panel.Place(x: 12, y: 0, width: 12, height: 8)
    #expect(problems([panel(1, place), panel(2, beside)]) == [])
    #expect(problems([panel(1, place), panel(1, beside)]).first?.hasSuffix("1 is the id of two panels") == true)
    #expect(problems([panel(1, place), panel(2, place)]).first?.hasSuffix("panel 2 lies over panel 1") == true)
    #expect(problems([panel(1, .init(x: 13, y: 0, width: 12, height: 8))]).first?.hasSuffix("leaves the grid") == true)
    #expect(problems([panel(1, place, unit: .none)]).first?.contains("neither a unit") == true)
    let falling = [Threshold(from: 2, .red), Threshold(from: 1, .yellow)]
    #expect(problems([panel(1, place, falling)]).first?.hasSuffix("do not increase") == true)
  }
}
