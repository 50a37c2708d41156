import Catalog
import MetricModel
import PromQL

extension Performance {
  static let processes = Row(
    id: 500, "Procesos y exportadores",
    [
      Panel(
        id: 28, "CPU por proceso",
        description: "Procesador que usa cada réplica elegida; 100 % es un núcleo entero.",
        width: 8, .timeSeries, unit: .percent,
        queries: [
          Query(
            100 * sum(rate(Process.cpu.chosen[.rateInterval]), by: .job, .instance), legend: "\(.job) \(.instance)")
        ], linksToLogs: true),
      Panel(
        id: 29, "Memoria por proceso",
        description: "Memoria residente de cada réplica elegida. Una rampa que nunca baja es una fuga.",
        width: 8, .timeSeries, unit: .bytes,
        queries: [Query(sum(Process.residentMemory.chosen, by: .job, .instance), legend: "\(.job) \(.instance)")],
        linksToLogs: true),
      Panel(
        id: 30, "Archivos abiertos %",
        description: "Descriptores abiertos, como parte del límite de cada réplica. Al 100 % no acepta más conexiones.",
        width: 8, .timeSeries, unit: .percent, thresholds: [Threshold(from: 80, .red)],
        queries: [
          Query(
            100 * max(Process.openFiles.chosen / Process.maximumFiles.chosen, by: .job, .instance),
            legend: "\(.job) \(.instance)")
        ], linksToLogs: true),
      Panel(
        id: 22, "Conexiones de los servicios a la base",
        description: """
          Conexiones de cada servicio por estado. «waiting» son pedidos que esperan una: si no es cero, la base está \
          lenta o el límite es chico.
          """,
        .timeSeries, unit: .count, decimals: 0,
        queries: [
          Query(
            sum(Pool.connections.chosen, by: .job, LabelName(PoolState.self)),
            legend: "\(.job) \(LabelName(PoolState.self))")
        ], linksToLogs: true),
      Panel(
        id: 21, "Sentencias más lentas (P95)",
        description: "Las cinco sentencias que más tardan, de envío a última fila. Empezá por la primera con EXPLAIN.",
        .barGauge, unit: .seconds, thresholds: [Threshold(from: 0.1, .yellow), Threshold(from: 0.5, .red)],
        queries: [Query(topk(5, slowest), legend: "\(.job) \(statement)")]),
      Panel(
        id: 32, "Duración de los scrapes",
        description: """
          Cuánto tarda cada exportador en preguntarle a lo que mira. Cerca de 10 segundos, Prometheus se cansa de \
          esperar y los paneles quedan vacíos.
          """,
        .timeSeries, unit: .seconds,
        queries: [
          duration(.postgres, "PostgreSQL"), duration(.node, "máquina"), duration(.redis, "Redis"),
        ]),
      Panel(
        id: 33, "Colectores que fallan",
        description: """
          Colectores que en este rango anduvieron y ahora terminan con error o no llegan a tiempo, por exportador. Si no \
          es cero, faltan series: el log del exportador dice cuáles. Lo que la máquina no tiene no cuenta.
          """,
        .timeSeries, unit: .count, decimals: 0, thresholds: [Threshold(from: 1, .yellow)],
        queries: [failures(.postgres, "PostgreSQL"), failures(.node, "máquina"), failures(.redis, "Redis")]),
    ])

  private static let statement = LabelName(StatementLabel.self)
  private static let slowest = histogramQuantile(
    0.95, sum(rate(Pool.queries.chosen[.rateInterval]), by: .job, statement))

  private static func duration(_ exporter: ExporterSelf, _ name: String) -> Query {
    Query(max(exporter.lastScrapeDuration, by: .instance), legend: "\(name) \(.instance)")
  }

  private static func failures(_ exporter: ExporterSelf, _ name: String) -> Query {
    Query(
      sum(maxOverTime(exporter.collectorSuccess[.dashboardRange]) - exporter.collectorSuccess, by: .instance),
      legend: "\(name) \(.instance)")
  }
}
