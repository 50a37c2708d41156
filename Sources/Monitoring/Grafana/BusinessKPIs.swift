extension Dashboards {
  /// The shop's numbers, for whoever runs it.
  package static let businessKPIs = Dashboard(
    uid: "minimarket-business-kpis",
    title: "Business KPIs",
    description: "Los números de la tienda: mercadería, stock crítico, órdenes de compra, ventas e inflación.",
    variables: [.category],
    annotations: Annotation.everywhere,
    rows: [BusinessKPIs.stock, BusinessKPIs.orders, BusinessKPIs.money])
}

/// Its rows, one a file.
enum BusinessKPIs {}
