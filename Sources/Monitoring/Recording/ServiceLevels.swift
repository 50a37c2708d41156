import Catalog
import PromQL
import Topology

/// The service levels of the guide that have a budget of bad events.
package enum ServiceLevels {
  package static let uptime = ServiceLevel(
    "uptime", "Disponibilidad", bad: "tiempo sin ninguna réplica que conteste", objective: 0.999,
    indicator: .time(good: Recordings.serviceUp))

  /// P95 below 300 ms, as the share that it is about: at most 5 % of the requests may take longer.
  package static let latency = ServiceLevel(
    "latency", "Latencia", bad: "pedidos de más de 300 ms", objective: 0.95,
    indicator: .requests(bad: Recordings.slowRequestRate, all: Recordings.timedRequestRate))

  package static let errors = ServiceLevel(
    "errors", "Errores", bad: "pedidos contestados con 5xx", objective: 0.995,
    indicator: .requests(bad: Recordings.errorRate, all: Recordings.requestRate))

  package static let all = [uptime, latency, errors]

  /// Seconds after which a request is late; a bound of the histogram.
  package static let latencyLimitSeconds = 0.3
}

extension Recordings {
  private static let serviceJobs = Platform.services.compactMap(\.job)

  /// Whether a service answers on any of its replicas. One whose targets have left the discovery has no `up` any more,
  /// and is recorded as 0: it is down, as for ServiceDown.
  package static let serviceUp = Recording(
    "job:up:max", "1 si contesta al menos una réplica del servicio; 0 si ninguna, o si no hay ninguna.",
    of: serviceJobs.reduce(max(Prometheus.up(.job, .isOneOf(serviceJobs)), by: .job)) {
      $0.or(absent(Prometheus.up(.job, .is($1))) - 1)
    })

  package static let timedRequestRate = Recording(
    "job:http_request_duration_seconds_count:rate5m", "Pedidos medidos por segundo de un servicio.",
    of: sum(rate(HTTP.duration.count[5.m]), by: .job))

  package static let slowRequestRate = Recording(
    "job:http_requests_slow:rate5m", "Pedidos por segundo de un servicio que tardan más de 300 ms.",
    // Each rate is extrapolated by itself: what is almost nothing may come out below nothing.
    of: clampMin(
      timedRequestRate - sum(rate(HTTP.duration.bucket(upTo: ServiceLevels.latencyLimitSeconds)[5.m]), by: .job), 0))

  static let serviceLevels =
    [serviceUp, timedRequestRate, slowRequestRate] + ServiceLevels.all.flatMap(\.recordings)
    + ServiceTargets.all.flatMap(\.recordings)
}
