import Catalog
import MetricModel
import PromQL
import Testing

/// What types cannot refuse is refused when it is rendered, and the message says what to write.
struct InvalidExpressionTests {
  private let byJob = sum(rate(HTTP.requests[5.m]), by: .job)

  private func problems(_ expression: some Vector) -> String {
    do throws(InvalidExpression) {
      return "accepted: \(try expression.vector.rendered())"
    } catch { return error.description }
  }

  @Test func unlikeSidesNeedOn() {
    let message = problems(rate(HTTP.requests[5.m]) / byJob)
    #expect(message == "/ pairs {instance, job, method, route, status} with {job}: say by which labels with .on(…)")
    #expect(problems(byJob.and(PG.up)) == "and pairs {job} with {instance, job}: say by which labels with .on(…)")
    #expect(problems(byJob > max(PG.up)) == "> pairs {job} with {}: say by which labels with .on(…)")
  }

  @Test func onMendsIt() throws {
    #expect(try (byJob / rate(HTTP.requests[5.m]).on(.job)).rendered().contains("/ on (job) "))
    #expect(try byJob.and(PG.up.on(.job)).rendered().contains(" and on (job) pg_up"))
    #expect(try byJob.and(PG.up.ignoring(.instance)).rendered().contains(" and ignoring (instance) pg_up"))
  }

  @Test func onNamesALabelThatBothSidesHave() {
    #expect(problems(byJob / PG.up.on(.instance)) == "on(instance): the left side of / has {job}")
    #expect(problems(PG.up / byJob.on(.instance)) == "on(instance): the right side of / has {job}")
  }

  @Test func ignoringMustLeaveTheSame() {
    #expect(problems(byJob / PG.up.ignoring(.job)).hasPrefix("/ pairs {} with {instance}"))
  }

  @Test func labelReplaceReadsALabelThatTheSeriesHave() {
    let message = problems(labelReplace(byJob, .job, with: "$1", from: .instance, matching: "(.*)"))
    #expect(message == "label_replace reads instance: the series have {job}")
  }

  @Test func orJoinsUnlikeSides() throws {
    let either = PG.up.or(byJob)
    #expect(try either.rendered() == "pg_up or sum by (job) (rate(http_requests_total[5m]))")
    #expect(problems(either / byJob) == "/ pairs {instance, job} or {job} with {job}: say by which labels with .on(…)")
    #expect(problems(sum(either, by: .instance)) == "sum by (instance): the series have {instance, job} or {job}")
  }

  @Test func aggregationKeepsOnlyLabelsThatAreThere() {
    #expect(problems(sum(PG.up, by: LabelName(HTTPStatus.self))) == "sum by (status): the series have {instance, job}")
    #expect(problems(max(byJob, by: .instance)) == "max by (instance): the series have {job}")
  }

  @Test func aBucketIsABoundOfTheHistogramAndNoWholeNumber() throws {
    #expect(problems(rate(HTTP.duration.bucket(upTo: 0.3)[5.m])).hasPrefix("accepted: "))
    #expect(
      problems(rate(HTTP.duration.bucket(upTo: 0.31)[5.m]))
        == "http_request_duration_seconds has no bucket up to 0.31")
    #expect(
      problems(rate(HTTP.duration.bucket(upTo: 5)[5.m]))
        == "http_request_duration_seconds: le=\"5\" is \"5.0\" for Prometheus 3")
  }

  @Test func quantilesLieBetweenZeroAndOne() {
    #expect(problems(histogramQuantile(95, rate(HTTP.duration[5.m]))) == "95.0 is no quantile")
  }

  @Test func aMistakeInsideIsNotLost() {
    let wrong = max(byJob, by: .instance)
    for expression in [wrong > 0, 1 - wrong, wrong.or(PG.up), sum(wrong), wrong.unless(wrong)] {
      #expect(problems(expression).hasPrefix("max by (instance)"))
    }
  }

  /// The way out says what it asks for, and is held to it.
  @Test func verbatimNamesItsFamilies() {
    let wrong = InstantVector(verbatim: "quantile(0.9, pg_up)", asking: [HTTP.requests.descriptor], labels: [])
    #expect(problems(wrong) == "verbatim does not name http_requests_total: quantile(0.9, pg_up)")
    let idle = InstantVector(verbatim: "vector(1)", asking: [], labels: [])
    #expect(problems(idle) == "verbatim asks for no family: vector(1)")
  }
}
