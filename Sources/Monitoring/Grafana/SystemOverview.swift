extension Dashboards {
  /// The first thing that whoever is on call looks at.
  package static let systemOverview = Dashboard(
    uid: "minimarket-system-overview",
    title: "System Overview",
    description: "Lo primero que mira quien está de guardia: salud, tráfico, errores, latencia y presupuesto de error.",
    variables: [.service, .instance],
    annotations: Annotation.everywhere,
    rows: [
      SystemOverview.health, SystemOverview.traffic, SystemOverview.latency, SystemOverview.budget,
      SystemOverview.incidents,
    ])
}

/// Its rows, one a file.
enum SystemOverview {}
