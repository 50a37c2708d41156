extension Dashboards {
  /// Where the machine's time and space go.
  package static let performance = Dashboard(
    uid: "minimarket-performance",
    title: "Performance",
    description: "Contenedores, máquina, PostgreSQL, Redis y procesos: qué se está acabando y quién lo usa.",
    variables: [.machine, .service, .instance],
    annotations: Annotation.everywhere,
    rows: [
      Performance.containers, Performance.machine, Performance.postgres, Performance.redis, Performance.processes,
    ])
}

/// Its rows, one a file.
enum Performance {}
