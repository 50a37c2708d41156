import Catalog
import Grafana
import PromQL
import Testing

@testable import Preview

/// What Grafana puts into an expression, by its own rules.
struct ShownRangeTests {
  @Test func anHourHasAPointAScrape() {
    let range = ShownRange(end: 1_000_007, length: 1.h)
    #expect((range.step, range.rateInterval, range.end, range.start) == (15.s, 60.s, 999_000 + 1005, 996_405))
  }

  /// 86400 / 300 = 288 seconds, hence 20 scrapes of 15; a rate needs one scrape more than that.
  @Test func aDayHasAPointEveryFiveMinutes() {
    let range = ShownRange(end: 86_400, length: 1.d)
    #expect((range.step, range.rateInterval) == (300.s, 315.s))
  }

  @Test func everyVariableStandsAtAll() throws {
    let (job, jobs) = (TemplateVariable<JobLabel>("job"), TemplateVariable<JobLabel>("jobs"))
    let dashboard = Dashboard(
      uid: "u", title: "t", description: "d",
      variables: [
        DashboardVariable(job, "Uno", description: "", valuesIn: Prometheus.up),
        DashboardVariable(jobs, "Dos", description: "", valuesIn: Prometheus.up),
      ], rows: [])
    let range = ShownRange(end: 86_400, length: 1.d)
    let one = Query(rate(HTTP.requests(.job, .isOneOf(jobs))[.rateInterval]), legend: .label(.job))
    #expect(try range.expression(one, of: dashboard) == #"rate(http_requests_total{job=~".*"}[5m15s])"#)
    let two = Query(avgOverTime(Prometheus.up(.job, .isOneOf(job))[.dashboardRange]), legend: .label(.job))
    #expect(try range.expression(two, of: dashboard) == #"avg_over_time(up{job=~".*"}[1d])"#)
  }

  @Test func momentsAreBuenosAires() {
    #expect(ClockAxis.text(of: Gallery.end, as: .whole) == "28/11/2026 12:00")
    #expect(ClockAxis.text(of: 0, as: .whole) == "31/12/1969 21:00")
  }
}
