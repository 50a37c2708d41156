import Foundation

/// The JSON of `/api/v1/query` and `/api/v1/query_range`
/// (https://prometheus.io/docs/prometheus/latest/querying/api/#expression-queries).
package struct PrometheusAnswer {
  package let series: [QueriedSeries]
  /// Prometheus' own words, where it refused the query.
  package let refusal: String?

  package init(json: Data) throws {
    let answer = try JSONDecoder().decode(Answer.self, from: json)
    if answer.status != "success" {
      series = []
      refusal = answer.error ?? answer.status
      return
    }
    refusal = nil
    series = answer.data?.result.series ?? []
  }

  private struct Answer: Decodable {
    let status: String
    let error: String?
    let data: Body?
  }

  private struct Body: Decodable {
    let resultType: String
    let result: Result
    private enum Key: CodingKey { case resultType, result }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      resultType = try container.decode(String.self, forKey: .resultType)
      switch resultType {
      case "matrix", "vector": result = .series(try container.decode([Series].self, forKey: .result))
      default: result = .scalar(try container.decode(Sample.self, forKey: .result))
      }
    }
  }

  private enum Result {
    case series([Series])
    case scalar(Sample)

    var series: [QueriedSeries] {
      switch self {
      case .scalar(let sample): [QueriedSeries(labels: [:], points: [sample.point])]
      case .series(let series):
        series.map { QueriedSeries(labels: $0.metric, points: ($0.values ?? $0.value.map { [$0] } ?? []).map(\.point)) }
      }
    }
  }

  private struct Series: Decodable {
    let metric: [String: String]
    let values: [Sample]?
    let value: Sample?
  }

  /// `[seconds, "value"]`; the value may be `NaN`, `+Inf` or `-Inf`.
  private struct Sample: Decodable {
    let point: QueriedSeries.Point

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let seconds = try container.decode(Double.self)
      point = QueriedSeries.Point(seconds: seconds, value: Double(try container.decode(String.self)) ?? .nan)
    }
  }
}
