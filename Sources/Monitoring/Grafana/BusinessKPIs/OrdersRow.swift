import Catalog
import MetricModel
import PromQL
import Topology

extension BusinessKPIs {
  static let orders = Row(
    id: 200, "Órdenes de compra",
    [
      Panel(
        id: 5, "Órdenes de compra generadas",
        description:
          "Cuántas se generaron en el período que se mira. Cero con stock crítico alto: mirá agente-negocio.",
        width: 6, .stat, unit: .count, decimals: 0, base: .blue,
        queries: [Query(sum(increase(Negocio.orders[.dashboardRange])), legend: "órdenes")], waitsFor: .negocio),
      Panel(
        id: 7, "Importe de las órdenes",
        description: """
          Pesos comprometidos en el período que se mira. Un salto sin más órdenes es un precio mal leído de una factura.
          """,
        width: 6, .stat, unit: .pesos, decimals: 0, base: .blue,
        queries: [Query(sum(increase(Negocio.orderAmount[.dashboardRange])), legend: "importe")], waitsFor: .negocio),
      Panel(
        id: 6, "Trending de órdenes por hora",
        description: """
          Órdenes de compra generadas en cada última hora. Lo usual es un escalón por día; una meseta alta es una \
          regla que se repite sin parar.
          """,
        .bars, unit: .perHour, decimals: 0,
        queries: [Query(sum(increase(Negocio.orders[1.h])), legend: "órdenes")], waitsFor: .negocio),
    ])
}
