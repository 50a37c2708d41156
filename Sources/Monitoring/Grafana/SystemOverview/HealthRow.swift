import Alerts
import Catalog
import MetricModel
import PromQL
import Recording

extension SystemOverview {
  static let health = Row(
    id: 100, "Salud",
    [
      Panel(
        id: 1, "Salud de los servicios",
        description: """
          UP si contesta al menos una réplica; DOWN si no contesta ninguna o el servicio no tiene ningún destino. \
          Con DOWN por más de 2 minutos suena ServiceDown. Muestra todos los servicios, se elija lo que se elija.
          """,
        height: 5, .stat, unit: .none, mappings: upOrDown,
        queries: [Query(serviceHealth, legend: .label(.job))], alerts: [.serviceDown], linksToLogs: true),
      Panel(
        id: 5, "Uptime % de la última semana",
        description: """
          Parte de los últimos siete días en que contestó al menos una réplica de cada servicio; el tiempo sin ningún \
          destino cuenta como caída. Preocupate por debajo de 99,9 %: es lo que prometemos.
          """,
        width: 6, height: 5, .stat, unit: .percent, decimals: 2, base: .red,
        thresholds: [Threshold(from: 99, .orange), Threshold(from: 100 * Objectives.uptimeRatio, .green)],
        queries: [
          Query(100 * avgOverTime(Recordings.serviceUp(.job, .isOneOf(.service))[7.d]), legend: .label(.job))
        ]),
      Panel(
        id: 6, "Alertas que suenan",
        description:
          "Cuántas alertas suenan ahora, sin contar Watchdog, que suena siempre. Más de cero: mirá la tabla.",
        width: 6, height: 5, .stat, unit: .count, thresholds: [Threshold(from: 1, .red)],
        queries: [Query(count(firing).or(vector(0)), legend: "alertas")]),
      Panel(
        id: 7, "Procesos que contestaron",
        description: """
          Cuándo contestó al menos una réplica de cada proceso elegido. Un tramo rojo es una caída; muchos tramos \
          cortos, un proceso que se reinicia una y otra vez.
          """,
        height: 7, .stateTimeline, unit: .none, mappings: upOrDown,
        queries: [Query(max(Prometheus.up.chosen, by: .job), legend: .label(.job))], alerts: [.serviceDown],
        linksToLogs: true),
      Panel(
        id: 8, "Alertas activas",
        description: """
          Las alertas que suenan (firing) o esperan que pase su plazo (pending). El runbook de cada una está en \
          /runbooks/. Watchdog está siempre: si falta, el monitoreo mismo no anda.
          """,
        height: 7,
        .table([
          .label(name, title: "Alerta"), .label(severity, title: "Severidad"), .label(service, title: "Servicio"),
          .label(LabelName(AlertState.self), title: "Estado"),
        ]), unit: .none,
        queries: [
          Query(
            max(Prometheus.alerts, by: name, severity, service, LabelName(AlertState.self)), legend: .label(name),
            absentWhile: "no hay ninguna alerta, ni siquiera Watchdog")
        ]),
    ])

  private static let upOrDown = [ValueMapping(0, as: "DOWN", .red), ValueMapping(1, as: "UP", .green)]

  private static let name = LabelName(AlertName.self)
  private static let severity = LabelName(SeverityLabel.self)
  private static let service = LabelName(AlertStateLabels.Service.self)

  private static let firing = Prometheus.alerts(\.state, .is(.firing))(\.name, .isNot("Watchdog"))

  /// 1 or 0 for every service, also for one that Prometheus has never seen; not as old as a recording.
  private static let serviceHealth = Dashboards.serviceJobs.reduce(
    max(Prometheus.up(.job, .isOneOf(Dashboards.serviceJobs)), by: .job)
  ) { $0.or(absent(Prometheus.up(.job, .is($1))) - 1) }
}
