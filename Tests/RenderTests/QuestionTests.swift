import Catalog
import Grafana
import MetricModel
import PromQL
import Testing

/// What is sent to Prometheus in place of Grafana.
struct QuestionTests {
  @Test func intervalsAndChoicesArePutIn() throws {
    let service = TemplateVariable<JobLabel>("servicio")
    let longer = TemplateVariable<InstanceLabel>("servicio_instancia")
    let selection = HTTP.requests(.job, .isOneOf(service))(.instance, .isOneOf(longer))
    let query = Query(sum(rate(selection[.rateInterval])) / sum(increase(selection[.dashboardRange])), legend: "x")
    #expect(
      try query.text(interval: 1.m, range: 6.h, variables: ["servicio": "(a|b)"])
        == #"sum(rate(http_requests_total{instance=~".+",job=~"(a|b)"}[1m])) / "#
        + #"sum(increase(http_requests_total{instance=~".+",job=~"(a|b)"}[6h]))"#)
  }

  @Test func everyQueryOfEveryPanelIsAQuestion() throws {
    let questions = Dashboards.questions
    #expect(questions.count == Dashboards.all.flatMap(\.panels).map(\.queries.count).reduce(0, +))
    #expect(Set(questions.map(\.name)).count == questions.count)
    for question in questions {
      #expect(!(try question.query.text(interval: 1.m, range: 1.h)).contains("$"), "\(question.name)")
    }
  }
}
