import Catalog
import MetricModel
import PromQL
import Topology

/// Requests to depósito of which some are slow: what the cases of the alerts on latency are told with.
struct SlowTraffic {
  /// What a request takes, in seconds.
  let fast: Double
  let slow: Double

  /// Of the alert that fires, without those that the rule adds.
  static let labels: [LabelName: String] = [.job: Job.deposito.rawValue]

  /// The counter and the histogram of a replica.
  /// - Parameters:
  ///   - all: requests in each sample, slow ones among them.
  ///   - story: what becomes of a counter that each sample adds so many to.
  func series(
    slow slowRequests: Double, of all: Double, instance: String = "a:8001", _ story: (_ count: Double) -> [Samples]
  ) -> [SampledSeries] {
    let endpoint = Endpoint(method: "GET", route: "/api/v1/productos")
    return [
      SampledSeries(
        HTTP.requests, HTTPLabels(endpoint: endpoint, status: .ok), job: Job.deposito, instance: instance, story(all))
    ]
      + SampledSeries.histogram(
        HTTP.duration, endpoint, job: Job.deposito, instance: instance,
        each: [(value: fast, count: all - slowRequests), (value: slow, count: slowRequests)], story)
  }
}
