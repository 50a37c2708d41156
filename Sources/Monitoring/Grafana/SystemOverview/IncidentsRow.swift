import Alerts
import Catalog
import MetricModel
import PromQL

extension SystemOverview {
  static let incidents = Row(
    id: 500, "Reinicios y logs",
    [
      Panel(
        id: 13, "Reinicios en 10 minutos",
        description: """
          Cuántas veces arrancó cada réplica en los últimos 10 minutos, y cuántas la reinició el supervisor. Más de 3: \
          suena DeploymentIssue; mirá el último despliegue y las últimas líneas del log antes de que muera.
          """,
        .timeSeries, unit: .count, decimals: 0,
        thresholds: [Threshold(.deploymentIssue, at: Objectives.maximumRestarts, .red)],
        queries: [
          Query(max(changes(Process.startTime.chosen[10.m]), by: .job), legend: "\(.job)"),
          Query(
            // Exact, as DeploymentIssue counts; `increase` would show 3.08 of three.
            max(
              lastOverTime(Supervisor.restarts[10.m]) - minOverTime(Supervisor.restarts[10.m]),
              by: LabelName(Supervisor.Name.self)),
            legend: "\(LabelName(Supervisor.Name.self)), por el supervisor",
            absentWhile: "el supervisor no reinició nada todavía"),
        ]),
      Panel(
        id: 14, "Mensajes de log por nivel",
        description: """
          Líneas de log por segundo de los procesos elegidos. El triple de lo habitual hace sonar LogVolumeSpike: \
          buscá qué línea se repite. Rojo y violeta son errores.
          """,
        .stackedAreas, unit: .operationsPerSecond,
        queries: [
          Query(sum(rate(Logs.messages.chosen[.rateInterval]), by: LabelName(LevelLabel.self)), legend: "\(level)")
        ], alerts: [.logVolumeSpike]),
      Panel(
        id: 16, "Telemetría perdida",
        description: """
          Líneas de log y muestras que se perdieron en cada intervalo, por proceso, destino y motivo. Lo normal es \
          cero: si no, lo que muestran los otros paneles puede estar incompleto.
          """,
        height: 7, .bars, unit: .count,
        queries: [
          Query(
            sum(
              increase(Logs.dropped.chosen[.rateInterval]), by: .job, LabelName(SinkLabel.self),
              LabelName(DropReason.self)),
            legend: "\(.job): \(LabelName(SinkLabel.self)), \(LabelName(DropReason.self))")
        ], linksToLogs: true),
      Panel(
        id: 20, "Avisos de Alertmanager",
        description: """
          Avisos por minuto que Alertmanager intentó mandar (arriba) y los que fallaron (abajo), por canal. Si fallan, \
          las alertas suenan y nadie se entera: revisá el webhook.
          """,
        height: 7, .bars, unit: .perMinute, decimals: 1,
        queries: [
          Query(
            60 * sum(rate(Alertmanager.notifications[.rateInterval]), by: LabelName(IntegrationLabel.self)),
            legend: "\(LabelName(IntegrationLabel.self))"),
          Query(
            60 * sum(rate(Alertmanager.notificationsFailed[.rateInterval]), by: LabelName(IntegrationLabel.self)),
            legend: "\(LabelName(IntegrationLabel.self)), fallidos", look: .init(color: .red, isMirrored: true)),
        ]),
      Panel(
        id: 15, "Logs de errores",
        description: """
          Las líneas de nivel error y critical de los procesos elegidos, la más nueva arriba. Desde una línea se llega \
          a todas las de su pedido.
          """,
        width: 24, height: 10, .logs, unit: .none,
        logs: LogQuery(of: .isOneOf(.service), levels: [.error, .critical])),
    ])

  private static let level = LabelName(LevelLabel.self)
}
