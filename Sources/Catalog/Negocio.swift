import MetricModel

/// What agente-negocio will say of orders, money and invoices.
package enum Negocio {
  package static let criticalProducts = Family<Gauge, NoLabels>(
    "negocio_stock_critico_productos", "Products at or below their minimum stock.", use: .notYetExported)
  package static let orders = Family<Counter, NoLabels>(
    "negocio_ordenes_generadas_total", "Purchase orders generated.", use: .notYetExported)
  package static let orderAmount = Family<Counter, NoLabels>(
    "negocio_ordenes_importe_ars_total", "Amount of the purchase orders generated, in pesos.", use: .notYetExported)
  package static let projectedRevenue = Family<Gauge, NoLabels>(
    "negocio_revenue_proyectado_ars", "Forecast of a day's sales at their sale price, in pesos.",
    use: .notYetExported)
  package static let realRevenue = Family<Gauge, NoLabels>(
    "negocio_revenue_real_ars", "Sales of the last 24 hours at their sale price, in pesos.", use: .notYetExported)

  package static let all = [
    criticalProducts.descriptor, orders.descriptor, orderAmount.descriptor, projectedRevenue.descriptor,
    realRevenue.descriptor,
  ]
}
