import Catalog
import PromQL

extension Recordings {
  /// Requests per second of a job, over five minutes and all its replicas.
  package static let requestRate = Recording(
    "job:http_requests:rate5m", "Pedidos por segundo de un servicio.",
    of: sum(rate(HTTP.requests[5.m]), by: .job))

  /// Requests per second that a job answered with 5xx; 0 also for one that has never failed and counts none.
  package static let errorRate = Recording(
    "job:http_errors:rate5m", "Pedidos por segundo que un servicio contestó con 5xx.",
    of: sum(rate(HTTP.errors[5.m]), by: .job).or(requestRate * 0))

  /// Share of a job's requests that it answered with 5xx, over two minutes: what ended must not call anybody later.
  package static let errorRatio = Recording(
    "job:http_errors_per_request:ratio_rate2m", "Parte de los pedidos de un servicio contestada con 5xx.",
    of: sum(rate(HTTP.errors[2.m]), by: .job) / (sum(rate(HTTP.requests[2.m]), by: .job) > 0))

  package static let p50Latency = Recording(
    "job:http_request_duration_seconds:p50", "La mitad de los pedidos de un servicio tarda menos, en segundos.",
    of: latency(0.5))

  package static let p95Latency = Recording(
    "job:http_request_duration_seconds:p95", "El 95 % de los pedidos de un servicio tarda menos, en segundos.",
    of: latency(0.95))

  package static let p99Latency = Recording(
    "job:http_request_duration_seconds:p99", "El 99 % de los pedidos de un servicio tarda menos, en segundos.",
    of: latency(0.99))

  static let requests = [requestRate, errorRate, errorRatio, p50Latency, p95Latency, p99Latency]

  private static func latency(_ quantile: Double) -> InstantVector {
    histogramQuantile(quantile, sum(rate(HTTP.duration[5.m]), by: .job))
  }
}
