import Alerts
import Catalog
import MetricModel
import PromQL

extension SystemOverview {
  static let traffic = Row(
    id: 200, "Tráfico y errores",
    [
      Panel(
        id: 2, "Pedidos por segundo",
        description: """
          Pedidos contestados por servicio, con cualquier estado. Una caída brusca es tan mala como un pico: si la \
          tienda está abierta y no llega nada, mirá nginx.
          """,
        .timeSeries, unit: .requestsPerSecond, queries: [Query(requests, legend: .label(.job))], linksToLogs: true),
      Panel(
        id: 3, "Errores %",
        description: """
          Parte de los pedidos contestada con 5xx, por servicio. Amarillo: más que el objetivo de servicio. Rojo: \
          suena HighErrorRate. Sin tráfico no hay línea.
          """,
        .timeSeries, unit: .percent,
        thresholds: [
          Threshold(from: 100 * Objectives.errorRatioObjective, .yellow),
          Threshold(.highErrorRate, at: Objectives.errorRatioCritical, times: 100, .red),
        ],
        queries: [Query(100 * errors / (requests > 0), legend: .label(.job))], linksToLogs: true),
      Panel(
        id: 10, "Pedidos en curso",
        description: """
          Pedidos que un servicio está contestando. Si crece y no baja, algo de lo que depende no contesta: mirá la \
          latencia y las conexiones a la base.
          """,
        .timeSeries, unit: .count, queries: [Query(sum(HTTP.inFlight.chosen, by: .job), legend: .label(.job))],
        linksToLogs: true),
      Panel(
        id: 12, "Rutas con más errores",
        description: """
          Las cinco rutas que más 5xx contestan por segundo ahora. Una sola ruta: mirá ese caso de uso. Todas a la \
          vez: mirá la base, Redis o el último despliegue. En cero, nadie falla.
          """,
        .barGauge, unit: .requestsPerSecond, thresholds: [Threshold(from: 0.001, .red)],
        queries: [Query(topk(5, errorsByRoute), legend: "\(.job) \(method) \(route)")], alerts: [.highErrorRate]),
    ])

  private static let requests = sum(rate(HTTP.requests.chosen[.rateInterval]), by: .job)
  /// 0 for who has not failed yet and counts nothing.
  private static let errors = sum(rate(HTTP.errors.chosen[.rateInterval]), by: .job).or(requests * 0)

  private static let method = LabelName(MethodLabel.self)
  private static let route = LabelName(RouteLabel.self)
  private static let errorsByRoute =
    sum(rate(HTTP.errors.chosen[.rateInterval]), by: .job, method, route)
    .or(sum(rate(HTTP.requests.chosen[.rateInterval]), by: .job, method, route) * 0)
}
