import Alerts
import Catalog
import Grafana
import MetricModel
import PromQL
import Recording
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

  @Test func rulesHaveNoReaderWhoChooses() {
    let chosen = Recording("job:a:b", "", of: sum(PG.up(.job, .isOneOf(TemplateVariable("servicio"))), by: .job))
    let zoomed = Recording("job:c:d", "", of: sum(rate(HTTP.requests[.rateInterval]), by: .job))
    let found = Linter.problems(recordings: Recordings.all + [chosen, zoomed])
    #expect(found.contains { $0.hasSuffix("job:a:b: $servicio is Grafana's, not a rule's") })
    #expect(found.contains { $0.hasSuffix("job:c:d: $__rate_interval is Grafana's, not a rule's") })
  }
}
