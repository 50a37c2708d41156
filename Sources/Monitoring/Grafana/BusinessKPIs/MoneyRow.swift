import Alerts
import Catalog
import MetricModel
import PromQL
import Topology

extension BusinessKPIs {
  static let money = Row(
    id: 300, "Ventas e inflación",
    [
      Panel(
        id: 8, "Revenue proyectado vs real",
        description: """
          Ventas de las últimas 24 horas al precio de venta, y lo que el modelo esperaba para ese día. Muy por debajo \
          de lo proyectado un día hábil: falta mercadería o no se están cargando las ventas.
          """,
        .timeSeries, unit: .pesos,
        queries: [
          Query(max(Negocio.projectedRevenue), legend: "proyectado", look: .init(color: .purple, isDashed: true)),
          Query(max(Negocio.realRevenue), legend: "real", look: .init(color: .green)),
        ], waitsFor: .negocio),
      Panel(
        id: 9, "Ventas respecto de lo proyectado",
        description: "Lo vendido como parte de lo proyectado para el día. Preocupate por debajo de 80 %.",
        width: 6, .gauge, unit: .percent, decimals: 0, scale: 0...150, base: .red,
        thresholds: [Threshold(from: 80, .yellow), Threshold(from: 95, .green)],
        queries: [
          Query(100 * max(Negocio.realRevenue) / (max(Negocio.projectedRevenue) > 0), legend: "vendido")
        ], waitsFor: .negocio),
      Panel(
        id: 11, "Diferencia de inflación",
        description: """
          Puntos entre la inflación que muestran nuestros precios y la configurada. Con más de 5 puntos durante 30 \
          minutos suena InflacionAnomaly: con la configurada se calculan los precios de venta.
          """,
        width: 6, .gauge, unit: .percent, decimals: 1, scale: 0...10,
        thresholds: [Threshold(.inflacionAnomaly, at: Objectives.inflationDifferencePoints, .red)],
        queries: [
          Query(abs(max(ML.calculatedInflation) - max(ML.baselineInflation)), legend: "puntos")
        ], waitsFor: .ml),
      Panel(
        id: 10, "Inflación calculada vs baseline",
        description: """
          Inflación mensual según nuestros precios, y la que está configurada en INFLACION_MENSUAL. Si se separan de \
          a poco, actualizá la configurada; si saltan, mirá qué lista de precios entró.
          """,
        width: 24, .timeSeries, unit: .percent, decimals: 1,
        queries: [
          Query(max(ML.calculatedInflation), legend: "calculada", look: .init(color: .orange)),
          Query(max(ML.baselineInflation), legend: "baseline", look: .init(color: .blue, isDashed: true)),
        ], alerts: [.inflacionAnomaly], waitsFor: .ml),
    ])
}
