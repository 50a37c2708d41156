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
    rows: [
      Row(
        id: 100, "Salud",
        [
          Panel(
            id: 1, "Salud de los servicios",
            description: """
              UP si contesta al menos una réplica; DOWN si no contesta ninguna o el servicio no tiene ningún destino. \
              Con DOWN por más de 2 minutos suena ServiceDown.
              """,
            width: 24, height: 5, .stat, unit: .none,
            mappings: [ValueMapping(0, as: "DOWN", .red), ValueMapping(1, as: "UP", .green)],
            queries: [Query(serviceHealth, legend: .label(.job))], alerts: [.serviceDown])
        ])
    ])

  private static let serviceJobs = Platform.services.compactMap(\.job)

  /// 1 or 0 for every service, also for one that Prometheus has never seen.
  private static let serviceHealth = serviceJobs.reduce(
    max(Prometheus.up(.job, .isOneOf(serviceJobs)), by: .job)
  ) { $0.or(absent(Prometheus.up(.job, .is($1))) - 1) }
}
