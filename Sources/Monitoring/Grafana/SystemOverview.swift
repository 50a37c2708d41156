import Alerts
import Catalog
import MetricModel
import PromQL
import Topology

extension Dashboards {
  /// The first thing that whoever is on call looks at.
  package static let systemOverview = Dashboard(
    uid: "minimarket-system-overview",
    title: "System Overview",
    description: "Salud, tráfico, errores y latencia de los servicios.",
    tags: ["minimarket"],
    panels: [
      Panel(
        id: 1, "Salud de los servicios",
        description: """
          UP si contesta al menos una réplica; DOWN si no contesta ninguna o el servicio no tiene ningún destino. \
          Con DOWN por más de 2 minutos suena ServiceDown.
          """,
        at: .init(x: 0, y: 0, width: 24, height: 5), style: .stat, unit: .none,
        mappings: [ValueMapping(0, as: "DOWN", .red), ValueMapping(1, as: "UP", .green)],
        queries: [Query(serviceHealth, legend: .label(.job))]),
      Panel(
        id: 2, "Pedidos por segundo",
        description:
          "Pedidos contestados por servicio, con cualquier estado. Una caída brusca es tan mala como un pico.",
        at: .init(x: 0, y: 5, width: 12, height: 9), style: .timeSeries, unit: .requestsPerSecond,
        queries: [Query(sum(rate(HTTP.requests[.rateInterval]), by: .job), legend: .label(.job))]),
      Panel(
        id: 3, "Errores %",
        description: """
          Parte de los pedidos contestada con 5xx, por servicio. Amarillo: más que el objetivo de servicio. Rojo: \
          alguien debe mirarlo ya. Sin tráfico no hay línea.
          """,
        at: .init(x: 12, y: 5, width: 12, height: 9), style: .timeSeries, unit: .percent,
        thresholds: [
          Threshold(from: 100 * Objectives.errorRatioObjective, .yellow),
          Threshold(from: 100 * Objectives.errorRatioCritical, .red),
        ],
        queries: [Query(errorPercent, legend: .label(.job))]),
      Panel(
        id: 4, "Latencia P95",
        description: "El 95 % de los pedidos se contesta en menos que esto, por servicio. Rojo: más que el objetivo.",
        at: .init(x: 0, y: 14, width: 24, height: 9), style: .timeSeries, unit: .milliseconds,
        thresholds: [Threshold(from: 1000 * Objectives.p95LatencySeconds, .red)],
        queries: [Query(p95Milliseconds, legend: .label(.job))]),
    ])

  private static let serviceJobs = Platform.services.compactMap(\.job)

  /// 1 or 0 for every service, also for one that Prometheus has never seen.
  private static let serviceHealth = serviceJobs.reduce(
    max(Prometheus.up(.job, .isOneOf(serviceJobs)), by: .job)
  ) { $0.or(absent(Prometheus.up(.job, .is($1))) - 1) }

  private static let p95Milliseconds =
    1000 * histogramQuantile(0.95, sum(rate(HTTP.duration[.rateInterval]), by: .job))

  private static let errorPercent =
    100 * sum(rate(HTTP.errors[.rateInterval]), by: .job) / (sum(rate(HTTP.requests[.rateInterval]), by: .job) > 0)
}
