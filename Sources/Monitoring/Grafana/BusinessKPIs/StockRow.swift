import Alerts
import Catalog
import MetricModel
import PromQL
import Topology

extension BusinessKPIs {
  static let stock = Row(
    id: 100, "Mercadería",
    [
      Panel(
        id: 1, "Productos depositados por hora",
        description: """
          Unidades que entraron al depósito y que salieron de él en la última hora. Sin entradas en horario de \
          recepción: preguntá en el depósito si algo les impide cargarlas.
          """,
        .timeSeries, unit: .perHour, decimals: 0,
        queries: [
          Query(unitsPerHour(.entrada), legend: "entraron", look: .init(color: .green)),
          Query(unitsPerHour(.salida), legend: "salieron", look: .init(color: .blue)),
        ]),
      Panel(
        id: 2, "Alertas de stock crítico",
        description: """
          Productos con stock igual o menor que su mínimo. Con más de 50 durante 15 minutos suena StockCritico: hay \
          que comprar antes de que falten en la góndola.
          """,
        .timeSeries, unit: .count, decimals: 0,
        thresholds: [Threshold(.stockCritico, at: Objectives.criticalProducts, .red)],
        queries: [Query(max(Negocio.criticalProducts), legend: "productos en stock crítico")], waitsFor: .negocio),
      Panel(
        id: 4, "Distribución de productos por categoría",
        description: """
          Productos activos de cada categoría. Una categoría que desaparece o se vacía de golpe suele ser una carga \
          masiva mal hecha.
          """,
        .pieChart, unit: .count,
        queries: [
          Query(
            max(Deposito.productsByCategory(\.self, .isOneOf(.category)), by: LabelName(Deposito.Category.self)),
            legend: .label(LabelName(Deposito.Category.self)))
        ]),
      Panel(
        id: 3, "Movimientos por hora según su resultado",
        description: """
          Movimientos de stock pedidos, por tipo y resultado. «rechazado» es una regla que dijo que no (falta stock, \
          no existe el producto); «fallido», la base que no contestó: si aparece, mirá System Overview.
          """,
        .bars, unit: .perHour, decimals: 0,
        queries: [
          Query(
            sum(
              increase(Deposito.movements[1.h]), by: LabelName(MovementType.self), LabelName(MovementOutcome.self)),
            legend: "\(LabelName(MovementType.self)) \(LabelName(MovementOutcome.self))")
        ], alerts: [.highErrorRate]),
    ])

  private static func unitsPerHour(_ type: MovementType) -> InstantVector {
    sum(increase(Deposito.unitsProcessed(\.self, .is(type))[1.h]))
  }
}
