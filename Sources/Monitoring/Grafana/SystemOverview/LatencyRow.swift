import Alerts
import Catalog
import MetricModel
import PromQL
import Recording

extension SystemOverview {
  static let latency = Row(
    id: 300, "Latencia",
    [
      Panel(
        id: 4, "Latencia P95",
        description: """
          El 95 % de los pedidos se contesta en menos que esto, por servicio, en milisegundos. Rojo: más que el \
          objetivo, suena HighLatency.
          """,
        height: 9, .timeSeries, unit: .milliseconds,
        thresholds: [Threshold(.highLatency, at: Objectives.p95LatencySeconds, times: 1000, .red)],
        queries: [Query(milliseconds(0.95), legend: .label(.job))], linksToLogs: true),
      Panel(
        id: 9, "Latencia P50, P95 y P99",
        description: """
          Lo que tarda la mitad de los pedidos, y casi todos, por servicio: las mismas series que miran las alertas. \
          Si sube sólo el P99, son pocos pedidos pesados; si sube también el P50, todo anda lento y suena SlowRequests \
          a los 200 ms. Los rombos son pedidos de verdad: desde uno se llega a sus líneas de log.
          """,
        height: 9, .timeSeries, unit: .seconds,
        thresholds: [Threshold(.slowRequests, at: Objectives.p50LatencySeconds, .yellow)],
        queries: [
          Query(recorded(Recordings.p50Latency), legend: "\(.job) P50"),
          Query(recorded(Recordings.p95Latency), legend: "\(.job) P95"),
          Query(recorded(Recordings.p99Latency), legend: "\(.job) P99"),
          // In the unit of the histogram, hence on the axis of its exemplars, which Grafana takes of the buckets.
          Query(
            histogramQuantile(0.99, sum(rate(HTTP.duration.chosen[.rateInterval]), by: .job)),
            legend: "\(.job) P99 del momento", showsExemplars: true),
        ], alerts: [.highLatency], linksToLogs: true),
    ])

  private static func milliseconds(_ quantile: Double) -> InstantVector {
    1000 * histogramQuantile(quantile, sum(rate(HTTP.duration.chosen[.rateInterval]), by: .job))
  }

  private static func recorded(_ latency: Recording) -> InstantVector { latency(.job, .isOneOf(.service)).vector }
}
